import { asc, eq, sql } from 'drizzle-orm'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { changeOrder, type lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { refundableAmount } from '#app/domain/orders/order-states.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { releaseRedemptions } from '#app/domain/orders/redemptions.server.ts'
import type { Tx } from '#db/client.ts'
import { orderLines } from '#db/schema/index.ts'
import { recordRefund } from './record-refund.server.ts'
import { calculateRefund, leftToRefund, refundOfRest } from './refund-amounts.ts'
import { listRefundRequests } from './refunds.server.ts'
import { restock } from './restock.server.ts'
import { settleOrder } from './settle-order.server.ts'

type LockedOrder = NonNullable<Awaited<ReturnType<typeof lockOrder>>>

/**
 * Cancels a locked order that nothing was shipped of, as a step of the caller's transaction, by staff, by the customer
 * or because it was not paid in time (`expired`): its stock and promotions are given back, what was received is
 * refunded, and the customer is notified. Returns the units that were restocked and the amount that is refunded.
 */
export async function cancelLockedOrder(
  tx: Tx,
  order: LockedOrder,
  { kind, reason = '', by = null }: { kind: 'canceled' | 'expired'; reason?: string; by?: number | null },
): Promise<{ restocked: number; refunded: number }> {
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
  await addOrderEvent(tx, { orderId: order.id, kind, detail: reason, byUserId: by })
  const refunded = await refundReceived(tx, order, { lines, by })
  await settleOrder(tx, order.id)
  await notifyCustomer(tx, 'order-canceled', { ...order, name: orderName(order) })
  return { restocked: [...restocked.values()].reduce((sum, units) => sum + units, 0), refunded }
}

/** Refunds all that was received and not refunded yet; returns the amount. Its stock has been returned already. */
async function refundReceived(
  tx: Tx,
  order: LockedOrder,
  { lines, by }: { lines: (typeof orderLines.$inferSelect)[]; by: number | null },
): Promise<number> {
  const refundable = refundableAmount(order)
  if (refundable === 0) return 0
  const earlier = await listRefundRequests(tx, order.id)
  const request = refundOfRest(leftToRefund(order, lines, earlier), refundable)
  const amounts = calculateRefund(order, lines, earlier, request)
  await recordRefund(tx, order, { amounts, removed: amounts.lines, reason: '', by })
  return amounts.amount
}
