import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { auditedTransaction, type Tx } from '#db/client.ts'
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
    await recordPayment(tx, order, { reference, by })
    await notifyCustomer(tx, 'order-paid', { ...order, name: orderName(order) })
    return { ok: true }
  })
}

/** Records what a locked order still costs as received by staff, as a step of the caller's transaction. */
export async function recordPayment(
  tx: Tx,
  order: NonNullable<Awaited<ReturnType<typeof lockOrder>>>,
  { reference, by }: { reference: string; by: number },
): Promise<void> {
  await tx.insert(payments).values({
    orderId: order.id,
    method: order.paymentMethod === 'stripe' ? 'bank-transfer' : order.paymentMethod,
    amount: amountDue(order),
    currency: order.currency,
    reference,
    byUserId: by,
  })
  await addOrderEvent(tx, { orderId: order.id, kind: 'paid', detail: reference, byUserId: by })
  await settleOrder(tx, order.id, by)
}
