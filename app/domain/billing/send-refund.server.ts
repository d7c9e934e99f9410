import { eq, sql } from 'drizzle-orm'
import { notifyStaff } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { payments, refunds, refundTransfers } from '#db/schema/index.ts'
import type { PaymentProvider, ProviderRefund } from './provider.ts'
import { settleOrder } from './settle-order.server.ts'

type RefundResult = Pick<ProviderRefund, 'status' | 'failure'> & { id: string | null }

/**
 * Has the provider send a pending transfer, and records its answer. Safe to run twice: first it looks for the refund of
 * an earlier call whose answer was lost. Throws when the provider does not answer, so that the job is retried. Returns
 * the order, for the log.
 */
export async function sendRefund(
  transferId: number,
  provider: PaymentProvider | null,
): Promise<{ orderId?: number }> {
  const transfer = await findTransfer(transferId)
  if (!transfer) return {}
  const { orderId, status, paymentId, amount, currency } = transfer
  if (status !== 'pending' || paymentId === null) return { orderId }
  const result: RefundResult = provider
    ? ((await provider.findRefund({ id: transferId, paymentId })) ??
      (await provider.refund({ id: transferId, paymentId, amount, currency })))
    : { id: null, status: 'failed', failure: 'Card payments are not set up.' }
  await recordRefundResult(transferId, result)
  return { orderId }
}

/**
 * Records what the provider says of a transfer, under the order's lock. A failed one can be refunded again: staff are
 * notified, and the order's sums change back. Does nothing when nothing has changed; safe to run twice.
 */
export async function recordRefundResult(transferId: number, result: RefundResult): Promise<void> {
  const found = await findTransfer(transferId)
  if (!found) return
  await transaction(async (tx) => {
    const order = await lockOrder(tx, found.orderId)
    const [transfer] = await tx.select().from(refundTransfers).where(eq(refundTransfers.id, transferId))
    if (!order || !transfer || transfer.status === 'failed') return
    if (transfer.status === result.status && transfer.providerId === result.id) return
    // An older answer: a transfer that was done only changes by failing.
    if (transfer.status === 'done' && result.status === 'pending') return
    const { status, failure, id } = result
    await tx
      .update(refundTransfers)
      .set({ status, failure, providerId: id ?? transfer.providerId, updatedAt: sql`now()` })
      .where(eq(refundTransfers.id, transferId))
    if (status === 'failed') await reportFailure(tx, { ...order, transferId, failure })
    await settleOrder(tx, order.id)
  })
}

type FailedOrder = { id: number; numberPrefix: string; number: number; transferId: number; failure: string }

async function reportFailure(tx: Tx, order: FailedOrder): Promise<void> {
  await addOrderEvent(tx, { orderId: order.id, kind: 'refund-failed', detail: order.failure })
  const key = `transfer:${order.transferId}:failed`
  await notifyStaff(tx, 'refund-failed', { key, subject: orderName(order), orderId: order.id })
}

/**
 * Gives up on a transfer whose job failed every attempt: it failed, unless the provider knows its refund. Stays pending
 * when the provider still does not answer. Returns the order's name, for the notification.
 */
export async function giveUpRefund(
  transferId: number,
  provider: PaymentProvider | null,
): Promise<{ subject: string; orderId: number } | null> {
  const transfer = await findTransfer(transferId)
  if (!transfer) return null
  const { orderId, status, paymentId } = transfer
  if (status === 'pending' && paymentId !== null && provider) {
    const notFound = { id: null, status: 'failed' as const, failure: 'The payment provider refused it.' }
    const found = await provider.findRefund({ id: transferId, paymentId }).catch(() => undefined)
    if (found !== undefined) await recordRefundResult(transferId, found ?? notFound)
  }
  return { subject: `Refund of order ${orderName(transfer)}`, orderId }
}

async function findTransfer(transferId: number) {
  const [transfer] = await db
    .select({
      status: refundTransfers.status,
      amount: refundTransfers.amount,
      /** At the provider; null for money that staff send. */
      paymentId: payments.providerId,
      currency: payments.currency,
      orderId: refunds.orderId,
      numberPrefix: sql<string>`(select number_prefix from orders where id = ${refunds.orderId})`,
      number: sql<number>`(select number from orders where id = ${refunds.orderId})`.mapWith(Number),
    })
    .from(refundTransfers)
    .innerJoin(refunds, eq(refunds.id, refundTransfers.refundId))
    .innerJoin(payments, eq(payments.id, refundTransfers.paymentId))
    .where(eq(refundTransfers.id, transferId))
  return transfer ?? null
}
