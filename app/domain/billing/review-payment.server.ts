import { and, eq } from 'drizzle-orm'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { payments } from '#db/schema/index.ts'
import type { LockedOrder } from './apply-payment.server.ts'
import { refundPayment } from './late-payment.server.ts'
import { settleOrder } from './settle-order.server.ts'

export type ReviewResult =
  { ok: true } | { ok: false; reason: 'not-found' | 'not-in-review' | 'other-currency' }

type Reviewed = { orderId: number; paymentId: number; by: number }

/** Staff count a payment of another amount than the one asked for: the order is paid if it is enough. */
export async function acceptPayment(reviewed: Reviewed): Promise<ReviewResult> {
  return decide(reviewed, async (tx, order) => {
    await addOrderEvent(tx, { orderId: order.id, kind: 'paid', byUserId: reviewed.by })
    const state = await settleOrder(tx, order.id, reviewed.by)
    if (state === 'paid') await notifyCustomer(tx, 'order-paid', { ...order, name: orderName(order) })
  })
}

/** Staff send such a payment back. */
export async function returnPayment(reviewed: Reviewed): Promise<ReviewResult> {
  return decide(reviewed, async (tx, order, { id, amount }) => {
    const reason = 'The amount was not the one asked for'
    await refundPayment(tx, order, { paymentId: id, amount, reason, by: reviewed.by })
  })
}

async function decide(
  { orderId, paymentId, by }: Reviewed,
  work: (tx: Tx, order: LockedOrder, payment: typeof payments.$inferSelect) => Promise<void>,
): Promise<ReviewResult> {
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    const [payment] = await tx
      .select()
      .from(payments)
      .where(and(eq(payments.id, paymentId), eq(payments.orderId, orderId)))
    if (!order || !payment) return { ok: false, reason: 'not-found' }
    if (payment.status !== 'review') return { ok: false, reason: 'not-in-review' }
    if (payment.currency !== order.currency) return { ok: false, reason: 'other-currency' }
    await tx.update(payments).set({ status: 'received', byUserId: by }).where(eq(payments.id, paymentId))
    await work(tx, order, payment)
    return { ok: true }
  })
}
