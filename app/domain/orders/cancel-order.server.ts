import { eq, sql } from 'drizzle-orm'
import { returnStock } from '#app/domain/stock/stock.server.ts'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { auditedTransaction } from '#db/client.ts'
import { orderEvents, orderLines, orders } from '#db/schema/index.ts'
import { lockOrder, bumpOrderVersion } from './lock-order.server.ts'
import { orderName, canBeCanceled } from './orders.ts'
import type { CancelInput } from './orders.schema.ts'

export type CancelResult = { ok: true } | { ok: false; reason: 'not-found' | 'stale' | 'not-cancelable' }

/** Cancels the order, returns its stock and notifies the customer. Refused once anything was shipped. */
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
    await returnStock(tx, {
      orderId,
      byUserId: by,
      lines: lines.flatMap((line) =>
        line.stockTaken && line.variantId !== null
          ? [{ variantId: line.variantId, quantity: line.quantity }]
          : [],
      ),
    })
    await tx
      .update(orders)
      .set({ canceledAt: sql`now()`, ...bumpOrderVersion() })
      .where(eq(orders.id, orderId))
    await tx.insert(orderEvents).values({ orderId, kind: 'canceled', detail: reason, byUserId: by })
    await notifyCustomer(tx, 'order-canceled', { ...order, name: orderName(order) })
    return { ok: true }
  })
}
