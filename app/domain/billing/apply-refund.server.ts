import { and, eq, or } from 'drizzle-orm'
import { notifyStaff } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { payments, refunds, refundTransfers } from '#db/schema/index.ts'
import { applyPayment, type LockedOrder } from './apply-payment.server.ts'
import type { PaymentProvider, ProviderRefund } from './provider.ts'
import { recordTransferResult } from './record-transfer-result.server.ts'
import { settleOrder } from './settle-order.server.ts'

type StoredPayment = typeof payments.$inferSelect

/**
 * Applies what the provider says about a refund, under the order's lock: the result of one of ours, or one that was made
 * in the provider's own pages, which has no lines and restocks nothing. A refund of another software's payment is
 * ignored.
 */
export async function applyRefund(refund: ProviderRefund, provider: PaymentProvider): Promise<void> {
  const payment = await findPayment(refund.paymentId, provider)
  if (!payment) return
  await transaction(async (tx) => {
    const order = (await lockOrder(tx, payment.orderId))!
    const [own] = await tx
      .select({ id: refundTransfers.id })
      .from(refundTransfers)
      .where(
        and(
          eq(refundTransfers.paymentId, payment.id),
          or(eq(refundTransfers.providerId, refund.id), eq(refundTransfers.id, refund.transferId ?? 0)),
        ),
      )
    if (own) return recordTransferResult(tx, order, own.id, refund)
    if (refund.status !== 'failed') await recordExternalRefund(tx, order, { paymentId: payment.id, refund })
  })
}

/** The payment of ours with this id at the provider, applied first if its own message has not arrived yet. */
export async function findPayment(id: string, provider: PaymentProvider): Promise<StoredPayment | null> {
  const find = async () => (await db.select().from(payments).where(eq(payments.providerId, id)))[0] ?? null
  const known = await find()
  if (known || id === '') return known
  await applyPayment(await provider.retrievePayment(id))
  return find()
}

/** Money that left without the shop, as a step of the caller's transaction on a locked order: staff are told. */
export async function recordExternalRefund(
  tx: Tx,
  order: LockedOrder,
  { paymentId, refund, reason = '' }: { paymentId: number; refund: ProviderRefund; reason?: string },
): Promise<void> {
  const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId))
  await notifyStaff(tx, 'payment-problem', {
    ...{ key: `refund:${refund.id}`, subject: orderName(order), orderId: order.id },
  })
  // A payment that never counted is gone with it.
  if (payment!.status !== 'received') {
    await tx.update(payments).set({ status: 'released' }).where(eq(payments.id, paymentId))
    await addOrderEvent(tx, { orderId: order.id, kind: 'voided', detail: reason })
    await settleOrder(tx, order.id)
    return
  }
  const { amount, status, id, failure } = refund
  const [made] = await tx
    .insert(refunds)
    .values({ orderId: order.id, amount, extraAmount: amount, isExternal: true, reason })
    .returning({ id: refunds.id })
  await tx
    .insert(refundTransfers)
    .values({ refundId: made!.id, paymentId, amount, status, providerId: id, failure })
  const detail = reason || 'At the payment provider'
  await addOrderEvent(tx, { orderId: order.id, kind: 'refunded', detail })
  await settleOrder(tx, order.id)
}
