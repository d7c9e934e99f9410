import { eq, sql } from 'drizzle-orm'
import { notifyStaff } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { changeOrder, lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { transaction, type Tx } from '#db/client.ts'
import { refundTransfers } from '#db/schema/index.ts'
import { findPayment, recordExternalRefund } from './apply-refund.server.ts'
import type { PaymentProvider, ProviderDispute } from './provider.ts'

/**
 * Applies what the provider says about a dispute, under the order's lock. Nothing is shipped while one is open; a lost
 * one is money that went out, and nothing is shipped after it either.
 */
export async function applyDispute(dispute: ProviderDispute, provider: PaymentProvider): Promise<void> {
  const payment = await findPayment(dispute.paymentId, provider)
  if (!payment) return
  await transaction(async (tx) => {
    const order = (await lockOrder(tx, payment.orderId))!
    if (dispute.status === 'lost' && (await isRecorded(tx, dispute.id))) return
    const isDisputed = dispute.status !== 'won'
    if (order.isDisputed !== isDisputed) await changeOrder(tx, order.id, { isDisputed })
    else if (dispute.status !== 'lost') return
    const kind = dispute.status === 'open' ? 'disputed' : 'dispute-closed'
    const detail = { open: '', won: 'Won', lost: 'Lost' }[dispute.status]
    await addOrderEvent(tx, { orderId: order.id, kind, detail })
    await notifyStaff(tx, 'payment-problem', {
      ...{ key: `dispute:${dispute.id}:${dispute.status}`, subject: orderName(order), orderId: order.id },
    })
    const amount = Math.min(dispute.amount, payment.amount - (await refundedOf(tx, payment.id)))
    if (dispute.status !== 'lost' || amount <= 0) return
    const refund = { ...dispute, amount, status: 'done' as const, failure: '', transferId: null }
    await recordExternalRefund(tx, order, { paymentId: payment.id, refund, reason: 'Dispute lost' })
  })
}

async function isRecorded(tx: Tx, disputeId: string): Promise<boolean> {
  return (await tx.$count(refundTransfers, eq(refundTransfers.providerId, disputeId))) > 0
}

async function refundedOf(tx: Tx, paymentId: number): Promise<number> {
  const [row] = await tx
    .select({
      sum: sql<number>`coalesce(sum(${refundTransfers.amount}) filter (where ${refundTransfers.status} <> 'failed'), 0)`.mapWith(
        Number,
      ),
    })
    .from(refundTransfers)
    .where(eq(refundTransfers.paymentId, paymentId))
  return row!.sum
}
