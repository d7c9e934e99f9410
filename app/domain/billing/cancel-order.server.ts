import { asc, eq, sql } from 'drizzle-orm'
import { returnStock } from '#app/domain/stock/stock.server.ts'
import { releaseRedemptions } from '#app/domain/orders/redemptions.server.ts'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { auditedTransaction, db } from '#db/client.ts'
import { orderLines, variants } from '#db/schema/index.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { settleOrder } from './settle-order.server.ts'
import { changeOrder, lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { canBeCanceled } from '#app/domain/orders/order-states.ts'
import type { CancelInput } from '#app/domain/orders/orders.schema.ts'

export type CancelResult =
  { ok: true; restocked: number } | { ok: false; reason: 'not-found' | 'stale' | 'not-cancelable' }

/** Cancels the order, returns its stock and its promotions, and notifies the customer. Refused once anything was shipped. */
export async function cancelOrder({
  orderId,
  version,
  reason,
  by,
}: CancelInput & { orderId: number; by: number }): Promise<CancelResult> {
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order) return { ok: false, reason: 'not-found' }
    if (!canBeCanceled(order)) return { ok: false, reason: 'not-cancelable' }
    if (order.version !== version) return { ok: false, reason: 'stale' }
    const lines = await tx.select().from(orderLines).where(eq(orderLines.orderId, orderId))
    const restocked = await returnStock(tx, {
      orderId,
      byUserId: by,
      lines: lines.flatMap((line) =>
        line.stockTaken && line.variantId !== null
          ? [{ variantId: line.variantId, quantity: line.quantity }]
          : [],
      ),
    })
    await releaseRedemptions(tx, orderId)
    await changeOrder(tx, orderId, { canceledAt: sql`now()` })
    await settleOrder(tx, orderId)
    await addOrderEvent(tx, { orderId, kind: 'canceled', detail: reason, byUserId: by })
    await notifyCustomer(tx, 'order-canceled', { ...order, name: orderName(order) })
    return { ok: true, restocked }
  })
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
