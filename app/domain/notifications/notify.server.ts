import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { OrderEmailKind } from '#app/domain/mail/mail.ts'
import {
  enqueueEmail,
  enqueueShopperEmails,
  enqueueStaffEmail,
  keyOfEvent,
  type OrderPart,
} from '#app/domain/mail/outbox.server.ts'
import { db, type Tx } from '#db/client.ts'
import { notificationPreferences, notifications, users } from '#db/schema/index.ts'
import {
  isEmailedByDefault,
  type OrderKind,
  type ReviewKind,
  type StaffKind,
  staffKinds,
} from './notifications.ts'

const emailKinds = {
  'order-confirmed': 'order-confirmed',
  'order-paid': 'order-paid',
  'payment-failed': 'payment-failed',
  'order-shipped': 'order-fulfilled',
  'order-canceled': 'order-canceled',
  'order-edited': 'order-edited',
  'order-message': 'order-message',
  'order-refunded': 'order-refunded',
  'order-delivered': 'order-delivered',
  'return-requested': 'return-requested',
  'return-approved': 'return-approved',
  'return-declined': 'return-declined',
  'return-received': 'return-received',
} satisfies Record<OrderKind, OrderEmailKind>

type NotifiedOrder = {
  id: number
  userId: number | null
  email: string
  /** As users see it, for example "#1001". */
  name: string
}

/**
 * Notifies the customer, as a step of the caller's transaction: by email, and with an account also in the app,
 * according to their preferences. Confirmation and cancellation are always emailed. Each event is notified once.
 */
export async function notifyCustomer(
  tx: Tx,
  kind: OrderKind,
  order: NotifiedOrder,
  part: OrderPart = {},
): Promise<void> {
  const orderEmail = { kind: emailKinds[kind], orderId: order.id, to: order.email, ...part }
  if (order.userId === null) return enqueueEmail(tx, orderEmail)
  const { userId } = order
  const preference = await readPreference(tx, userId, kind)
  if (preference?.inApp ?? true)
    await tx
      .insert(notifications)
      .values({
        userId,
        kind,
        dedupeKey: keyOfEvent(kind, order.id, part),
        subject: order.name,
        orderId: order.id,
      })
      .onConflictDoNothing()
  const isMandatory = kind === 'order-confirmed' || kind === 'order-canceled' || kind === 'payment-failed'
  const isEmailed = isMandatory || (preference?.byEmail ?? true)
  if (isEmailed) await enqueueEmail(tx, orderEmail)
}

type NotifiedReview = {
  id: number
  version: number
  userId: number | null
  email: string
  productId: number
  productTitle: string
}

/**
 * Notifies the author of a review, as a step of the caller's transaction: by email, and with an account also in the
 * app, according to their preferences. Once for each kind and version of the review.
 */
export async function notifyAuthor(tx: Tx, kind: ReviewKind, review: NotifiedReview): Promise<void> {
  const { id, version, userId, email, productId } = review
  const preference = userId === null ? undefined : await readPreference(tx, userId, kind)
  if (userId !== null && (preference?.inApp ?? true))
    await tx
      .insert(notifications)
      .values({
        ...{ userId, kind, productId },
        dedupeKey: `review:${id}:${version}:${kind}`,
        subject: review.productTitle,
      })
      .onConflictDoNothing()
  if (preference?.byEmail ?? true)
    await enqueueShopperEmails(tx, [{ kind, to: email, about: `review:${id}:${version}`, reviewId: id }])
}

async function readPreference(tx: Tx, userId: number, kind: OrderKind | ReviewKind) {
  const [preference] = await tx
    .select({ inApp: notificationPreferences.inApp, byEmail: notificationPreferences.byEmail })
    .from(notificationPreferences)
    .where(and(eq(notificationPreferences.userId, userId), eq(notificationPreferences.kind, kind)))
  return preference
}

/**
 * Notifies all staff with the kind's permission, or one of them, as a step of the caller's transaction and in one
 * statement; `key` identifies the event, which each user is notified of once. For users who want it by email only, the
 * notification is created as read.
 */
export async function notifyStaff(
  tx: Tx,
  kind: StaffKind,
  event: {
    key: string
    subject: string
    orderId?: number
    productId?: number
    importId?: number
    to?: number
  },
): Promise<void> {
  const { key, subject, orderId = null, productId = null, importId = null, to = null } = event
  const toEmail = await tx.execute<{ id: number; email: string }>(sql`
    with recipients as (
      ${recipientsOf(kind)} and (${to}::bigint is null or u.id = ${to}::bigint)
    ), inserted as (
      insert into ${notifications} (user_id, kind, dedupe_key, subject, order_id, product_id, import_id, read_at)
      select id, ${kind}, ${key}, ${subject}, ${orderId}::bigint, ${productId}::bigint, ${importId}::bigint,
        case when in_app then null else now() end
      from recipients where in_app or by_email order by id
      on conflict do nothing
      returning id, user_id
    )
    select i.id::int, r.email from inserted i join recipients r on r.id = i.user_id where r.by_email`)
  for (const { id, email } of toEmail) await enqueueStaffEmail(tx, { notificationId: id, to: email })
}

/** The staff members who get the kind by email, as they have chosen. */
export async function listEmailRecipients(kind: StaffKind): Promise<{ id: number; email: string }[]> {
  const rows = await db.execute<{ id: number; email: string }>(sql`
    select id::int, email from (${recipientsOf(kind)}) recipients where by_email order by id`)
  return [...rows]
}

/** Staff with the kind's permission, and how each is notified; more conditions can follow. */
function recipientsOf(kind: StaffKind): SQL {
  const { permission } = staffKinds[kind]
  const [forOwner, forOthers] = [isEmailedByDefault(kind, 'owner'), isEmailedByDefault(kind, 'staff')]
  return sql`
      select u.id, u.email, coalesce(p.in_app, true) as in_app, coalesce(p.by_email, case when u.role = 'owner' then ${forOwner}::boolean else ${forOthers}::boolean end) as by_email
      from ${users} u left join ${notificationPreferences} p on p.user_id = u.id and p.kind = ${kind}
      where u.disabled_at is null and (u.role in ('owner', 'admin') or u.role = 'staff' and ${permission} = any (u.permissions))`
}
