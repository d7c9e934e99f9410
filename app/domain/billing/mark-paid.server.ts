import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { auditedTransaction } from '#db/client.ts'
import { payments } from '#db/schema/index.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { amountDue, canBePaid } from '#app/domain/orders/order-states.ts'
import { settleOrder } from './settle-order.server.ts'
import type { MarkPaidInput } from '#app/domain/orders/orders.schema.ts'

export type MarkPaidResult = { ok: true } | { ok: false; reason: 'not-found' | 'stale' | 'not-payable' }

/**
 * Records that staff received what the order still costs, and issues its invoice. Refused when it is already paid or
 * canceled.
 */
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
      method: order.paymentMethod === 'stripe' ? 'bank-transfer' : order.paymentMethod,
      amount: amountDue(order),
      currency: order.currency,
      reference,
      byUserId: by,
    })
    await addOrderEvent(tx, { orderId, kind: 'paid', detail: reference, byUserId: by })
    await settleOrder(tx, orderId, by)
    await notifyCustomer(tx, 'order-paid', { ...order, name: orderName(order) })
    return { ok: true }
  })
}
