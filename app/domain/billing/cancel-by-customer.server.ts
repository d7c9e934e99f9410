import { eq } from 'drizzle-orm'
import { notifyStaff } from '#app/domain/notifications/notify.server.ts'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { canBeCanceledByCustomer } from '#app/domain/orders/order-states.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { db, transaction } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { endPaymentPage } from './end-payment-page.server.ts'
import { cancelLockedOrder } from './cancel-locked-order.server.ts'
import type { CancelResult } from './cancel-order.server.ts'

/**
 * Cancels an order for whoever has its token, and notifies staff. Refused once it was paid, shipped or canceled, and
 * for a page about an older version.
 */
export async function cancelByCustomer({
  token,
  version,
}: {
  token: string
  version: number
}): Promise<CancelResult> {
  const [found] = await db.select({ id: orders.id }).from(orders).where(eq(orders.token, token))
  if (!found) return { ok: false, reason: 'not-found' }
  await endPaymentPage(found.id)
  return transaction(async (tx) => {
    const order = (await lockOrder(tx, found.id))!
    if (!canBeCanceledByCustomer(order)) return { ok: false, reason: 'not-cancelable' }
    if (order.version !== version) return { ok: false, reason: 'stale' }
    const result = await cancelLockedOrder(tx, order, { kind: 'canceled', reason: 'By the customer' })
    const key = `order:${order.id}:canceled`
    await notifyStaff(tx, 'canceled-by-customer', { key, subject: orderName(order), orderId: order.id })
    return { ok: true, ...result }
  })
}
