import { eq, sql } from 'drizzle-orm'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { db, transaction } from '#db/client.ts'
import { payments, refunds, refundTransfers } from '#db/schema/index.ts'
import type { PaymentProvider } from './provider.ts'
import { recordTransferResult, type TransferResult } from './record-transfer-result.server.ts'

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
  const result: TransferResult = provider
    ? ((await provider.findRefund({ id: transferId, paymentId })) ??
      (await provider.refund({ id: transferId, paymentId, amount, currency })))
    : { id: null, status: 'failed', failure: 'Card payments are not set up.' }
  await recordRefundResult(transferId, result)
  return { orderId }
}

/** The same for what the provider says of a transfer at any time, in a transaction of its own. Safe to run twice. */
export async function recordRefundResult(transferId: number, result: TransferResult): Promise<void> {
  const found = await findTransfer(transferId)
  if (!found) return
  await transaction(async (tx) => {
    const order = (await lockOrder(tx, found.orderId))!
    await recordTransferResult(tx, order, transferId, result)
  })
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
