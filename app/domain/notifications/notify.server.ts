import { and, eq, sql } from 'drizzle-orm'
import type { OrderMailKind } from '#app/domain/mail/mail.ts'
import { enqueueMail, enqueueStaffMail } from '#app/domain/mail/outbox.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import type { Tx } from '#db/client.ts'
import { notificationPreferences, notifications, users } from '#db/schema/index.ts'
import { type BuyerKind, type StaffKind, staffKinds } from './notifications.ts'

const mailOf = {
  'order-confirmed': 'order-confirmed',
  'order-paid': 'order-paid',
  'order-shipped': 'order-fulfilled',
  'order-cancelled': 'order-cancelled',
} satisfies Record<BuyerKind, OrderMailKind>

type ToldOrder = {
  id: number
  userId: number | null
  email: string
  numberPrefix: string
  number: number
}

/**
 * Tells the buyer, as a step of the caller's transaction: by mail, and with an account also on their screens, as
 * far as they want to know. What makes the purchase one (confirmation, cancellation) is always mailed. The same
 * thing is told once.
 */
export async function tellBuyer(
  tx: Tx,
  kind: BuyerKind,
  order: ToldOrder,
  fulfilmentId?: number,
): Promise<void> {
  const mail = { kind: mailOf[kind], orderId: order.id, fulfilmentId, to: order.email }
  if (order.userId === null) return enqueueMail(tx, mail)
  const { userId } = order
  const [wanted] = await tx
    .select({ inApp: notificationPreferences.inApp, byMail: notificationPreferences.byMail })
    .from(notificationPreferences)
    .where(and(eq(notificationPreferences.userId, userId), eq(notificationPreferences.kind, kind)))
  if (wanted?.inApp ?? true)
    await tx
      .insert(notifications)
      .values({
        userId,
        kind,
        dedupeKey: fulfilmentId ? `fulfilment:${fulfilmentId}` : `order:${order.id}:${kind}`,
        about: orderName(order),
        orderId: order.id,
      })
      .onConflictDoNothing()
  const isMailed = kind === 'order-confirmed' || kind === 'order-cancelled' || (wanted?.byMail ?? true)
  if (isMailed) await enqueueMail(tx, mail)
}

/**
 * Tells everybody on the staff who is let into the kind's area, or one of them, as a step of the caller's
 * transaction and in one statement; `key` names the thing that happened, which each is told of once. Who wants it
 * by mail only finds it in their list as read.
 */
export async function tellStaff(
  tx: Tx,
  kind: StaffKind,
  news: { key: string; about: string; orderId?: number; productId?: number; importId?: number; to?: number },
): Promise<void> {
  const { area, byMail } = staffKinds[kind]
  const { key, about, orderId = null, productId = null, importId = null, to = null } = news
  const mailed = await tx.execute<{ id: number; email: string }>(sql`
    with audience as (
      select u.id, u.email, coalesce(p.in_app, true) as in_app, coalesce(p.by_mail, ${byMail}) as by_mail
      from ${users} u left join ${notificationPreferences} p on p.user_id = u.id and p.kind = ${kind}
      where u.disabled_at is null and (u.role in ('owner', 'admin') or u.role = 'staff' and ${area} = any (u.areas))
        and (${to}::bigint is null or u.id = ${to}::bigint)
    ), told as (
      insert into ${notifications} (user_id, kind, dedupe_key, about, order_id, product_id, import_id, read_at)
      select id, ${kind}, ${key}, ${about}, ${orderId}::bigint, ${productId}::bigint, ${importId}::bigint,
        case when in_app then null else now() end
      from audience where in_app or by_mail order by id
      on conflict do nothing
      returning id, user_id
    )
    select t.id::int, a.email from told t join audience a on a.id = t.user_id where a.by_mail`)
  for (const { id, email } of mailed) await enqueueStaffMail(tx, { notificationId: id, to: email })
}
