import { randomUUID } from 'node:crypto'
import type { Tx } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { mails } from '#db/schema/index.ts'
import type { AccountMailKind, LinkKind, OrderMailKind } from './mail.ts'
import { createLink } from './mail-links.server.ts'

/**
 * Writes a mail into the outbox and queues its sending, both as a step of the caller's transaction. The same
 * kind for the same order (or fulfilment) is written once. What it says is rendered by the job.
 */
export async function enqueueMail(
  tx: Tx,
  mail: { kind: OrderMailKind; orderId: number; fulfilmentId?: number; to: string },
): Promise<void> {
  const about = mail.fulfilmentId ? `fulfilment:${mail.fulfilmentId}` : `order:${mail.orderId}`
  const [row] = await tx
    .insert(mails)
    .values({
      kind: mail.kind,
      dedupeKey: `${about}:${mail.kind}`,
      toEmail: mail.to,
      orderId: mail.orderId,
      fulfilmentId: mail.fulfilmentId,
    })
    .onConflictDoNothing()
    .returning({ id: mails.id })
  if (row) await enqueue(tx, 'send-mail', { mailId: row.id })
}

/**
 * The same for a mail to a person. With `link`, the mail carries a link for that account or invitation. Whether
 * there is anything to say to the address is found out by the job, so that whoever asks learns nothing from how
 * long it takes.
 */
export async function enqueueAccountMail(
  tx: Tx,
  mail: {
    kind: Exclude<AccountMailKind, 'staff-news'>
    to: string
    link?: { kind: LinkKind; userId?: number; invitationId?: number }
  },
): Promise<number> {
  const [row] = await tx
    .insert(mails)
    .values({ kind: mail.kind, dedupeKey: `${mail.kind}:${randomUUID()}`, toEmail: mail.to })
    .returning({ id: mails.id })
  const mailId = row!.id
  if (mail.link) await createLink(tx, { ...mail.link, mailId, email: mail.to })
  await enqueue(tx, 'send-mail', { mailId })
  return mailId
}

/** The same for a mail that repeats a notification to one of the staff. */
export async function enqueueStaffMail(tx: Tx, mail: { notificationId: number; to: string }): Promise<void> {
  const [row] = await tx
    .insert(mails)
    .values({
      kind: 'staff-news',
      dedupeKey: `notification:${mail.notificationId}`,
      toEmail: mail.to,
      notificationId: mail.notificationId,
    })
    .onConflictDoNothing()
    .returning({ id: mails.id })
  if (row) await enqueue(tx, 'send-mail', { mailId: row.id })
}
