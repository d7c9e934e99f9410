import { asc, eq, sql } from 'drizzle-orm'
import { releaseRedemptions } from '#app/domain/orders/redemptions.server.ts'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { orderLines, variants } from '#db/schema/index.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { settleOrder } from './settle-order.server.ts'
import { changeOrder, lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { canBeCanceled, refundableAmount } from '#app/domain/orders/order-states.ts'
import { calculateRefund, leftToRefund, refundOfRest } from './refund-amounts.ts'
import { endPaymentPage } from './end-payment-page.server.ts'
import { recordRefund } from './record-refund.server.ts'
import { listRefundRequests } from './refunds.server.ts'
import { restock } from './restock.server.ts'
import type { CancelInput } from '#app/domain/orders/orders.schema.ts'

type Order = NonNullable<Awaited<ReturnType<typeof lockOrder>>>

export type CancelResult =
  | { ok: true; restocked: number; refunded: number }
  | { ok: false; reason: 'not-found' | 'stale' | 'not-cancelable' }

/**
 * Cancels the order, ends its payment page, returns its stock and its promotions, refunds what was received, and notifies the customer.
 * Refused once anything was shipped.
 */
export async function cancelOrder({
  orderId,
  version,
  reason,
  by,
}: CancelInput & { orderId: number; by: number }): Promise<CancelResult> {
  await endPaymentPage(orderId)
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order) return { ok: false, reason: 'not-found' }
    if (!canBeCanceled(order)) return { ok: false, reason: 'not-cancelable' }
    if (order.version !== version) return { ok: false, reason: 'stale' }
    return cancelLocked(tx, order, { reason, by })
  })
}

/** The same for a locked order that can be canceled, as a step of the caller's transaction; `by` is null for others. */
export async function cancelLocked(
  tx: Tx,
  order: Order,
  { reason, by }: { reason: string; by: number | null },
): Promise<Extract<CancelResult, { ok: true }>> {
  const lines = await tx
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id))
    .orderBy(asc(orderLines.id))
  const restocked = await restock(tx, {
    ...{ orderId: order.id, reason: 'cancellation', byUserId: by, lines },
    wanted: lines.map(({ id, quantity }) => ({ orderLineId: id, quantity })),
  })
  await releaseRedemptions(tx, order.id)
  await changeOrder(tx, order.id, { canceledAt: sql`now()` })
  await addOrderEvent(tx, { orderId: order.id, kind: 'canceled', detail: reason, byUserId: by })
  const refunded = await refundReceived(tx, order, { lines, by })
  await settleOrder(tx, order.id)
  await notifyCustomer(tx, 'order-canceled', { ...order, name: orderName(order) })
  return { ok: true, restocked: [...restocked.values()].reduce((sum, units) => sum + units, 0), refunded }
}

/** Refunds all that was received and not refunded yet; returns the amount. Its stock has been returned already. */
async function refundReceived(
  tx: Tx,
  order: Order,
  { lines, by }: { lines: (typeof orderLines.$inferSelect)[]; by: number | null },
): Promise<number> {
  const refundable = refundableAmount(order)
  if (refundable === 0) return 0
  const earlier = await listRefundRequests(tx, order.id)
  const request = refundOfRest(leftToRefund(order, lines, earlier), refundable)
  const amounts = calculateRefund(order, lines, earlier, request)
  await recordRefund(tx, order, { amounts, restock: [], reason: '', by })
  return amounts.amount
}

export type CancelLine = {
  id: number
  title: string
  variantTitle: string
  quantity: number
  /** What canceling does to the stock of this line, as of now. */
  outcome: 'restocked' | 'not-tracked' | 'deleted'
}

/** What canceling the order would do to the stock of each of its lines. */
export async function listCancelLines(orderId: number): Promise<CancelLine[]> {
  const rows = await db
    .select({
      id: orderLines.id,
      title: orderLines.title,
      variantTitle: orderLines.variantTitle,
      quantity: orderLines.quantity,
      stockTaken: orderLines.stockTaken,
      trackStock: variants.trackStock,
    })
    .from(orderLines)
    .leftJoin(variants, eq(variants.id, orderLines.variantId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.id))
  return rows.map(({ stockTaken, trackStock, ...line }) => ({
    ...line,
    outcome: trackStock === null ? 'deleted' : stockTaken && trackStock ? 'restocked' : 'not-tracked',
  }))
}
