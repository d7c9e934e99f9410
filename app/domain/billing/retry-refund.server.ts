import { and, eq, ne, sum } from 'drizzle-orm'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { refunds, refundTransfers } from '#db/schema/index.ts'
import { addTransfer } from './record-refund.server.ts'
import { listRefundablePayments } from './refunds.server.ts'
import { settleOrder } from './settle-order.server.ts'

export type RetryRefundResult = { ok: true } | { ok: false; reason: 'not-found' | 'not-failed' }

/**
 * Sends the money of a failed transfer again, with a new transfer: the provider would answer a repeated one as before.
 * With `byHand`, staff have sent it in another way. Refused when it was refunded otherwise in the meantime.
 */
export async function retryRefund(input: {
  orderId: number
  transferId: number
  byHand?: boolean
  by: number
}): Promise<RetryRefundResult> {
  return auditedTransaction(input.by, async (tx) => {
    const order = await lockOrder(tx, input.orderId)
    const failed = order && (await findFailed(tx, input))
    if (!failed) return { ok: false, reason: 'not-found' }
    const payment = (await listRefundablePayments(tx, order.id, order.currency)).find(
      ({ id }) => id === failed.paymentId,
    )
    const isOpen = failed.refundAmount - (await sentOf(tx, failed.refundId)) >= failed.amount
    if (!payment || failed.status !== 'failed' || !isOpen || payment.left < failed.amount)
      return { ok: false, reason: 'not-failed' }
    const providerId = input.byHand ? null : payment.providerId
    await addTransfer(tx, {
      ...{ refundId: failed.refundId, payment: { id: payment.id, providerId }, amount: failed.amount },
    })
    await settleOrder(tx, order.id)
    return { ok: true }
  })
}

async function findFailed(tx: Tx, { orderId, transferId }: { orderId: number; transferId: number }) {
  const [row] = await tx
    .select({
      refundId: refundTransfers.refundId,
      paymentId: refundTransfers.paymentId,
      status: refundTransfers.status,
      amount: refundTransfers.amount,
      refundAmount: refunds.amount,
    })
    .from(refundTransfers)
    .innerJoin(refunds, eq(refunds.id, refundTransfers.refundId))
    .where(and(eq(refundTransfers.id, transferId), eq(refunds.orderId, orderId)))
  return row ?? null
}

async function sentOf(tx: Tx, refundId: number): Promise<number> {
  const [row] = await tx
    .select({ sent: sum(refundTransfers.amount).mapWith(Number) })
    .from(refundTransfers)
    .where(and(eq(refundTransfers.refundId, refundId), ne(refundTransfers.status, 'failed')))
  return row?.sent ?? 0
}
