import { asc, eq } from 'drizzle-orm'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { canBeCanceled } from '#app/domain/orders/order-states.ts'
import type { CancelInput } from '#app/domain/orders/orders.schema.ts'
import { auditedTransaction, db } from '#db/client.ts'
import { orderLines, variants } from '#db/schema/index.ts'
import { cancelLockedOrder } from './cancel-locked-order.server.ts'
import { endPaymentPage } from './end-payment-page.server.ts'

export type CancelResult =
  | { ok: true; restocked: number; refunded: number }
  | { ok: false; reason: 'not-found' | 'stale' | 'not-cancelable' }

/**
 * Cancels the order and ends its payment page; its stock and promotions are given back, and what was received is
 * refunded. Refused once anything was shipped.
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
    return { ok: true, ...(await cancelLockedOrder(tx, order, { kind: 'canceled', reason, by })) }
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
