import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import { notifyCustomer, notifyStaff } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { changeOrder, type lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { reclaimRedemptions } from '#app/domain/orders/redemptions.server.ts'
import { takeStock } from '#app/domain/stock/stock.server.ts'
import type { Tx } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { orderEvents, orderLines, refunds, refundTransfers, variants } from '#db/schema/index.ts'
import type { ProviderPayment } from './provider.ts'
import { settleOrder } from './settle-order.server.ts'

type LockedOrder = NonNullable<Awaited<ReturnType<typeof lockOrder>>>
type LatePayment = ProviderPayment & { status: 'authorized' | 'received'; rowId: number }

/**
 * A payment of an order that needs none: canceled meanwhile, or paid twice. An order that only expired continues if
 * everything is still in stock; otherwise the money goes back. Staff are told in either case.
 */
export async function handleLatePayment(tx: Tx, order: LockedOrder, payment: LatePayment): Promise<void> {
  const isRevived = order.canceledAt !== null && (await reviveOrder(tx, order))
  await settleOrder(tx, order.id)
  const isReceived = payment.status === 'received'
  if (isRevived && isReceived) await notifyCustomer(tx, 'order-paid', { ...order, name: orderName(order) })
  // A hold of an order that does not need it is released by the reconciler.
  if (!isRevived && isReceived)
    await refundPayment(tx, order, {
      ...{ paymentId: payment.rowId, amount: payment.amount, by: null },
      reason: order.canceledAt ? 'Paid after the order was canceled' : 'Paid twice',
    })
  await notifyStaff(tx, 'payment-problem', {
    ...{ key: `payment:${payment.id}:late`, subject: orderName(order), orderId: order.id },
  })
}

/** Takes stock and promotions again for an order that had expired; false, and nothing changed, when one is missing. */
async function reviveOrder(tx: Tx, order: LockedOrder): Promise<boolean> {
  const [last] = await tx
    .select({ kind: orderEvents.kind })
    .from(orderEvents)
    .where(and(eq(orderEvents.orderId, order.id), inArray(orderEvents.kind, ['expired', 'canceled'])))
    .orderBy(desc(orderEvents.id))
    .limit(1)
  if (last?.kind !== 'expired') return false
  const lines = await lockLines(tx, order.id)
  const isInStock = lines.every(
    ({ variantId, quantity, stock, trackStock, allowBackorder }) =>
      variantId !== null && (!trackStock || allowBackorder || (stock ?? 0) >= quantity),
  )
  if (!isInStock || !(await reclaimRedemptions(tx, order))) return false
  const took = await takeStock(tx, {
    orderId: order.id,
    lines: lines.map((line) => ({
      ...{ variantId: line.variantId!, quantity: line.quantity },
      trackStock: line.stockTaken && line.trackStock === true,
    })),
  })
  if (!took) throw new Error(`Order ${order.id}: locked stock is missing`)
  await changeOrder(tx, order.id, { canceledAt: null })
  await addOrderEvent(tx, { orderId: order.id, kind: 'revived' })
  return true
}

/** The order's lines with their variants, which stay locked, in id order, until the transaction ends. */
async function lockLines(tx: Tx, orderId: number) {
  const ids = tx.select({ id: orderLines.variantId }).from(orderLines).where(eq(orderLines.orderId, orderId))
  await tx
    .select({ id: variants.id })
    .from(variants)
    .where(inArray(variants.id, ids))
    .orderBy(asc(variants.id))
    .for('update')
  return tx
    .select({
      variantId: variants.id,
      quantity: orderLines.quantity,
      stockTaken: orderLines.stockTaken,
      stock: variants.stock,
      trackStock: variants.trackStock,
      allowBackorder: variants.allowBackorder,
    })
    .from(orderLines)
    .leftJoin(variants, eq(variants.id, orderLines.variantId))
    .where(eq(orderLines.orderId, orderId))
}

/**
 * Sends a whole payment of a locked order back, without lines and restocking, as a step of the caller's transaction; a
 * job makes the call.
 */
export async function refundPayment(
  tx: Tx,
  order: { id: number },
  refund: { paymentId: number; amount: number; reason: string; by: number | null },
): Promise<void> {
  const { paymentId, amount, reason, by } = refund
  const [made] = await tx
    .insert(refunds)
    .values({ orderId: order.id, amount, excessAmount: amount, reason, byUserId: by })
    .returning({ id: refunds.id })
  const [transfer] = await tx
    .insert(refundTransfers)
    .values({ refundId: made!.id, paymentId, amount })
    .returning({ id: refundTransfers.id })
  await addOrderEvent(tx, { orderId: order.id, kind: 'refunded', detail: reason, byUserId: by })
  await settleOrder(tx, order.id)
  await enqueue(tx, 'send-refund', { transferId: transfer!.id })
}
