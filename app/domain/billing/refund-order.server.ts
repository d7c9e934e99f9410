import { asc, eq } from 'drizzle-orm'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { refundableAmount } from '#app/domain/orders/order-states.ts'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { orderLines } from '#db/schema/index.ts'
import { recordRefund } from './record-refund.server.ts'
import { calculateRefund, leftToRefund, type LeftToRefund, type RefundRequest } from './refund-amounts.ts'
import type { RefundInput } from './refund.schema.ts'
import { listRefundRequests } from './refunds.server.ts'
import { settleOrder } from './settle-order.server.ts'

export type RefundRefusal =
  | {
      ok: false
      reason: 'not-found' | 'stale' | 'nothing-selected' | 'more-than-left' | 'more-than-received'
    }
  /** The form did not show the amount that it asks for. */
  | { ok: false; reason: 'amount-changed'; amount: number }

export type RefundOrderResult = { ok: true; refundId: number; amount: number } | RefundRefusal

/**
 * Refunds units of lines, shipping and an amount without a line, and restocks. Refused when it exceeds what is left of
 * the lines and shipping or what was received, when it is nothing, and when it is not the amount that the form showed.
 */
export async function refundOrder(
  input: RefundInput & { orderId: number; by: number },
): Promise<RefundOrderResult> {
  return auditedTransaction(input.by, (tx) => refundLocked(tx, input))
}

/** The same as a step of the caller's transaction. */
export async function refundLocked(
  tx: Tx,
  input: RefundInput & { orderId: number; by: number },
): Promise<RefundOrderResult> {
  const order = await lockOrder(tx, input.orderId)
  if (!order) return { ok: false, reason: 'not-found' }
  if (order.version !== input.version) return { ok: false, reason: 'stale' }
  const lines = await tx
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id))
    .orderBy(asc(orderLines.id))
  const earlier = await listRefundRequests(tx, order.id)
  const request = requestOf(input)
  if (isMoreThanLeft(request, leftToRefund(order, lines, earlier)))
    return { ok: false, reason: 'more-than-left' }
  const amounts = calculateRefund(order, lines, earlier, request)
  if (amounts.amount === 0) return { ok: false, reason: 'nothing-selected' }
  if (amounts.amount > refundableAmount(order)) return { ok: false, reason: 'more-than-received' }
  if (amounts.amount !== input.shownAmount)
    return { ok: false, reason: 'amount-changed', amount: amounts.amount }
  const restock = input.lines.filter((line) => line.restock).map(({ orderLineId }) => orderLineId)
  const { reason, by } = input
  const { refundId } = await recordRefund(tx, order, { amounts, restock, reason, by })
  await notifyCustomer(tx, 'order-refunded', { ...order, name: orderName(order) }, { refundId })
  await settleOrder(tx, order.id, by)
  return { ok: true, refundId, amount: amounts.amount }
}

/** What the form asks for; a line that it has twice counts once, with both quantities. */
export function requestOf({ lines, shipping, extra }: Pick<RefundInput, 'lines' | 'shipping' | 'extra'>) {
  const quantities = new Map<number, number>()
  for (const { orderLineId, quantity } of lines)
    quantities.set(orderLineId, (quantities.get(orderLineId) ?? 0) + quantity)
  return {
    lines: [...quantities]
      .map(([orderLineId, quantity]) => ({ orderLineId, quantity }))
      .filter(({ quantity }) => quantity > 0)
      .sort((a, b) => a.orderLineId - b.orderLineId),
    shipping,
    extra,
  }
}

function isMoreThanLeft(request: RefundRequest, left: LeftToRefund): boolean {
  const leftOf = (id: number) => left.lines.find(({ orderLineId }) => orderLineId === id)?.quantity ?? 0
  return (
    request.shipping > left.shipping ||
    request.lines.some(({ orderLineId, quantity }) => quantity > leftOf(orderLineId))
  )
}
