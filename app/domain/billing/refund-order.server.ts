import { asc, eq } from 'drizzle-orm'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { refundableAmount } from '#app/domain/orders/order-states.ts'
import { type LineUnits, unitsKept, unitsToShip } from '#app/domain/orders/packing.ts'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { orderLines } from '#db/schema/index.ts'
import { recordRefund } from './record-refund.server.ts'
import { calculateRefund, leftToRefund, type RefundRequest } from './refund-amounts.ts'
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
  const removed = unitsOf(input.lines.filter((line) => !line.isShipped))
  const kept = unitsOf(input.lines.filter((line) => line.isShipped))
  if (
    request.shipping > leftToRefund(order, lines, earlier).shipping ||
    !isWithin(removed, lines, unitsToShip) ||
    !isWithin(kept, lines, unitsKept)
  )
    return { ok: false, reason: 'more-than-left' }
  const amounts = calculateRefund(order, lines, earlier, request)
  if (amounts.amount === 0) return { ok: false, reason: 'nothing-selected' }
  if (amounts.amount > refundableAmount(order)) return { ok: false, reason: 'more-than-received' }
  if (amounts.amount !== input.shownAmount)
    return { ok: false, reason: 'amount-changed', amount: amounts.amount }
  const restocked = unitsOf(input.lines.filter((line) => line.restock))
  const { reason, by } = input
  const { refundId } = await recordRefund(tx, order, { amounts, removed, restocked, reason, by })
  await notifyCustomer(tx, 'order-refunded', { ...order, name: orderName(order) }, { refundId })
  await settleOrder(tx, order.id, by)
  return { ok: true, refundId, amount: amounts.amount }
}

/** What the form asks for: shipped and other units of a line count together. */
function requestOf({
  lines,
  shipping,
  extra,
}: Pick<RefundInput, 'lines' | 'shipping' | 'extra'>): RefundRequest {
  return { lines: unitsOf(lines), shipping, extra }
}

type Units = { orderLineId: number; quantity: number }[]

/** The units by line, in id order; a line that is listed twice counts once, with both quantities. */
function unitsOf(rows: Units): Units {
  const quantities = new Map<number, number>()
  for (const { orderLineId, quantity } of rows)
    quantities.set(orderLineId, (quantities.get(orderLineId) ?? 0) + quantity)
  return [...quantities]
    .map(([orderLineId, quantity]) => ({ orderLineId, quantity }))
    .filter(({ quantity }) => quantity > 0)
    .sort((a, b) => a.orderLineId - b.orderLineId)
}

function isWithin(
  units: Units,
  lines: (typeof orderLines.$inferSelect)[],
  leftOf: (line: LineUnits) => number,
): boolean {
  return units.every(({ orderLineId, quantity }) => {
    const line = lines.find(({ id }) => id === orderLineId)
    return line !== undefined && quantity <= leftOf(line)
  })
}
