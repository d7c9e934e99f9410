import { eq } from 'drizzle-orm'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { auditedTransaction } from '#db/client.ts'
import { orderEvents, orders, payments } from '#db/schema/index.ts'
import { lockOrder, bumpOrderVersion } from './lock-order.server.ts'
import { orderName, canBePaid } from './orders.ts'
import type { MarkPaidInput } from './orders.schema.ts'

export type MarkPaidResult = { ok: true } | { ok: false; reason: 'not-found' | 'stale' | 'not-payable' }

/** Records the order's whole amount as received. Refused when it is already paid or canceled. */
export async function markPaid({
  orderId,
  version,
  reference,
  by,
}: MarkPaidInput & { orderId: number; by: number }): Promise<MarkPaidResult> {
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order) return { ok: false, reason: 'not-found' }
    if (!canBePaid(order)) return { ok: false, reason: 'not-payable' }
    if (order.version !== version) return { ok: false, reason: 'stale' }
    await tx.insert(payments).values({
      orderId,
      method: order.paymentMethod,
      amount: order.total,
      currency: order.currency,
      reference,
      byUserId: by,
    })
    await tx
      .update(orders)
      .set({ paymentState: 'paid', ...bumpOrderVersion() })
      .where(eq(orders.id, orderId))
    await tx.insert(orderEvents).values({ orderId, kind: 'paid', detail: reference, byUserId: by })
    await notifyCustomer(tx, 'order-paid', { ...order, name: orderName(order) })
    return { ok: true }
  })
}
