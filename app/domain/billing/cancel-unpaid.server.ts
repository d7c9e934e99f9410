import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { changeOrder, type lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { canBeCanceled } from '#app/domain/orders/order-states.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { releaseRedemptions } from '#app/domain/orders/redemptions.server.ts'
import { returnStock } from '#app/domain/stock/stock.server.ts'
import type { Tx } from '#db/client.ts'
import { orderLines } from '#db/schema/index.ts'
import { settleOrder } from './settle-order.server.ts'

type LockedOrder = NonNullable<Awaited<ReturnType<typeof lockOrder>>>

/** Nothing was paid yet, and nothing was shipped: the order can expire. A part that was received keeps it. */
export function waitsForPayment(order: LockedOrder): boolean {
  return canBeCanceled(order) && order.paymentState === 'pending' && order.receivedTotal === 0
}

/**
 * Cancels a locked order that was not paid in time, as a step of the caller's transaction: its stock and promotions are
 * given back, and the customer is notified.
 */
export async function cancelUnpaid(tx: Tx, order: LockedOrder): Promise<void> {
  const lines = await listTakenLines(tx, order.id)
  await returnStock(tx, { orderId: order.id, reason: 'cancellation', byUserId: null, lines })
  await releaseRedemptions(tx, order.id)
  await changeOrder(tx, order.id, { canceledAt: sql`now()` })
  await settleOrder(tx, order.id)
  await addOrderEvent(tx, { orderId: order.id, kind: 'expired' })
  await notifyCustomer(tx, 'order-canceled', { ...order, name: orderName(order) })
}

/** The lines of an order for which stock was taken, where the variants still exist. */
export async function listTakenLines(tx: Tx, orderId: number) {
  const lines = await tx
    .select({ variantId: orderLines.variantId, quantity: orderLines.quantity })
    .from(orderLines)
    .where(
      and(eq(orderLines.orderId, orderId), eq(orderLines.stockTaken, true), isNotNull(orderLines.variantId)),
    )
  return lines.map(({ variantId, quantity }) => ({ variantId: variantId!, quantity }))
}
