import { eq, sql } from 'drizzle-orm'
import { returnStock } from '#app/domain/catalog/stock.server.ts'
import { tellBuyer } from '#app/domain/notifications/notify.server.ts'
import { auditedTransaction } from '#db/client.ts'
import { orderEvents, orderLines, orders } from '#db/schema/index.ts'
import { lockOrder, orderTouched } from './lock-order.server.ts'
import { canBeCancelled } from './orders.ts'
import type { CancelInput } from './orders.schema.ts'

export type CancelResult = { ok: true } | { ok: false; reason: 'not-found' | 'stale' | 'not-cancellable' }

/** Cancels the order, gives its stock back and tells the shopper. Refused once anything was sent. */
export async function cancelOrder(orderId: number, input: CancelInput, by: number): Promise<CancelResult> {
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order) return { ok: false, reason: 'not-found' }
    if (!canBeCancelled(order)) return { ok: false, reason: 'not-cancellable' }
    if (order.version !== input.version) return { ok: false, reason: 'stale' }
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
      .set({ cancelledAt: sql`now()`, ...orderTouched() })
      .where(eq(orders.id, orderId))
    await tx.insert(orderEvents).values({ orderId, kind: 'cancelled', detail: input.reason, byUserId: by })
    await tellBuyer(tx, 'order-cancelled', order)
    return { ok: true }
  })
}
