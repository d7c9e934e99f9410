import { randomUUID } from 'node:crypto'
import type { Tx } from '#db/client.ts'
import { enqueue, enqueueAll } from '#db/outbox.ts'
import { emails } from '#db/schema/index.ts'
import type { AccountEmailKind, LinkKind, OrderEmailKind, ShopperEmailKind } from './mail.ts'
import { createLink } from './email-links.server.ts'

/** The part of an order that an email or a notification is about. */
export type OrderPart = { fulfillmentId?: number; refundId?: number; returnId?: number; eventId?: number }

/** Identifies an event of an order or of its part: "order:12:order-paid", "refund:3:order-refunded". */
export function keyOfEvent(kind: string, orderId: number, part: OrderPart): string {
  const { fulfillmentId, refundId, returnId, eventId } = part
  if (fulfillmentId) return `fulfillment:${fulfillmentId}:${kind}`
  if (eventId) return `event:${eventId}:${kind}`
  if (refundId) return `refund:${refundId}:${kind}`
  return returnId ? `return:${returnId}:${kind}` : `order:${orderId}:${kind}`
}

/**
 * Writes an email into the outbox and queues its sending, both as a step of the caller's transaction. Written once per
 * kind and order, or part of it. The job renders the content.
 */
export async function enqueueEmail(
  tx: Tx,
  email: { kind: OrderEmailKind; orderId: number; to: string } & OrderPart,
): Promise<void> {
  const [row] = await tx
    .insert(emails)
    .values({
      kind: email.kind,
      dedupeKey: keyOfEvent(email.kind, email.orderId, email),
      toEmail: email.to,
      orderId: email.orderId,
      fulfillmentId: email.fulfillmentId,
      refundId: email.refundId,
      returnId: email.returnId,
      eventId: email.eventId,
    })
    .onConflictDoNothing()
    .returning({ id: emails.id })
  if (row) await enqueue(tx, 'send-email', { emailId: row.id })
}

/**
 * The same for an account email. With `link`, the email contains a link for that account or invitation. The job finds
 * out whether there is anything to send to the address, so that the response time reveals nothing.
 */
export async function enqueueAccountEmail(
  tx: Tx,
  email: {
    kind: Exclude<AccountEmailKind, 'staff-news' | 'daily-summary' | 'draft-order'>
    to: string
    link?: { kind: LinkKind; userId?: number; invitationId?: number }
  },
): Promise<number> {
  const [row] = await tx
    .insert(emails)
    .values({ kind: email.kind, dedupeKey: `${email.kind}:${randomUUID()}`, toEmail: email.to })
    .returning({ id: emails.id })
  const emailId = row!.id
  if (email.link) await createLink(tx, { ...email.link, emailId, email: email.to })
  await enqueue(tx, 'send-email', { emailId })
  return emailId
}

/** The same for the email with the link of a draft order, once for each of its versions. */
export async function enqueueDraftEmail(
  tx: Tx,
  { draftId, version, to }: { draftId: number; version: number; to: string },
): Promise<void> {
  const [row] = await tx
    .insert(emails)
    .values({ kind: 'draft-order', dedupeKey: `draft:${draftId}:${version}`, toEmail: to, draftId })
    .onConflictDoNothing()
    .returning({ id: emails.id })
  if (row) await enqueue(tx, 'send-email', { emailId: row.id })
}

/** The same for emails to shoppers about stock alerts, cart reminders and reviews. Written once per kind and `about`. */
export async function enqueueShopperEmails(
  tx: Tx,
  list: {
    kind: ShopperEmailKind
    to: string
    /** What is sent once: "stock-alert:12". */
    about: string
    stockAlertId?: number
    cartReminderId?: number
    reviewId?: number
    /** With the order that it asks about, whose timeline then shows it. */
    reviewRequestId?: number
    orderId?: number
  }[],
): Promise<void> {
  if (list.length === 0) return
  const rows = await tx
    .insert(emails)
    .values(
      list.map(({ to, about, ...email }) => ({ ...email, toEmail: to, dedupeKey: `${about}:${email.kind}` })),
    )
    .onConflictDoNothing()
    .returning({ id: emails.id })
  await enqueueAll(
    tx,
    'send-email',
    rows.map(({ id }) => ({ emailId: id })),
  )
}

/** The same for an email that repeats a notification to a staff member. */
export async function enqueueStaffEmail(
  tx: Tx,
  email: { notificationId: number; to: string },
): Promise<void> {
  const [row] = await tx
    .insert(emails)
    .values({
      kind: 'staff-news',
      dedupeKey: `notification:${email.notificationId}`,
      toEmail: email.to,
      notificationId: email.notificationId,
    })
    .onConflictDoNothing()
    .returning({ id: emails.id })
  if (row) await enqueue(tx, 'send-email', { emailId: row.id })
}

/** The same for a staff member's summary of a day, written in the store's time zone ("2026-11-26"): one for each day. */
export async function enqueueSummary(
  tx: Tx,
  email: { day: string; userId: number; to: string },
): Promise<void> {
  const [row] = await tx
    .insert(emails)
    .values({
      kind: 'daily-summary',
      dedupeKey: `summary:${email.day}:${email.userId}`,
      toEmail: email.to,
    })
    .onConflictDoNothing()
    .returning({ id: emails.id })
  if (row) await enqueue(tx, 'send-email', { emailId: row.id })
}

/** The day that such an email is about, from its key. */
export function summaryDay(dedupeKey: string): string {
  return dedupeKey.split(':')[1]!
}

/** Records a link that was created on the server and is not sent by email. Returns the id of its row in the outbox. */
export async function recordRecoveryLink(tx: Tx, to: string): Promise<number> {
  const [row] = await tx
    .insert(emails)
    .values({
      kind: 'password-reset',
      dedupeKey: `recovery:${randomUUID()}`,
      toEmail: to,
      status: 'held',
      subject: 'Recovery link created on the server',
    })
    .returning({ id: emails.id })
  return row!.id
}
