import { recordRefund } from '#app/domain/billing/record-refund.server.ts'
import { settleOrder } from '#app/domain/billing/settle-order.server.ts'
import { addOrderEvent, replaceOrderLines } from '#app/domain/orders/insert-order.server.ts'
import { changeOrder, lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { canBeEdited } from '#app/domain/orders/order-states.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { replaceRedemptions } from '#app/domain/orders/redemptions.server.ts'
import { changeOrderStock } from '#app/domain/stock/stock.server.ts'
import { replaceInvoice } from '#app/domain/invoices/issue-invoice.server.ts'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { type Edit, quoteEdit, type QuoteRefusal } from './quote-edit.server.ts'

type Order = NonNullable<Awaited<ReturnType<typeof lockOrder>>>

export type EditRefusal =
  QuoteRefusal | 'not-found' | 'stale' | 'not-editable' | 'out-of-stock' | 'total-changed' | 'nothing-changed'

/**
 * Changes the lines and the shipping price of an order that is neither shipped nor refunded. The total is calculated
 * anew by the order's own prices, rates and promotions; a new line has today's price. Stock follows in the same
 * transaction, and an issued invoice is replaced. What was paid too much is refunded.
 */
export async function editOrder(
  input: Edit & { orderId: number; version: number; reason: string; shownTotal: number; by: number },
): Promise<{ ok: true; total: number } | { ok: false; reason: EditRefusal }> {
  const { orderId, by } = input
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order) return { ok: false, reason: 'not-found' }
    if (!canBeEdited(order)) return { ok: false, reason: 'not-editable' }
    if (order.version !== input.version) return { ok: false, reason: 'stale' }
    const quote = await quoteEdit(tx, order, input)
    if (!quote.ok) return quote
    if (quote.changes.length === 0 && input.shipping === order.shippingTotal)
      return { ok: false, reason: 'nothing-changed' }
    const { named, promotions: applied } = quote.totals
    if (named.total !== input.shownTotal) return { ok: false, reason: 'total-changed' }

    const taken = quote.changes.flatMap(({ before, after, variantId, isTracked }) =>
      variantId !== null && isTracked ? [{ variantId, delta: before - after }] : [],
    )
    if (!(await changeOrderStock(tx, { orderId, byUserId: by, lines: taken })))
      return { ok: false, reason: 'out-of-stock' }
    await replaceOrderLines(tx, orderId, quote.lines)
    await replaceRedemptions(tx, orderId, applied)
    await changeOrder(tx, orderId, named)
    const detail = [...quote.changes.map(describe), input.reason].filter(Boolean).join('; ')
    const eventId = await addOrderEvent(tx, { orderId, kind: 'edited', detail, byUserId: by })
    await notifyCustomer(tx, 'order-edited', { ...order, name: orderName(order) }, { eventId })
    await refundExcess(tx, { ...order, ...named }, by)
    await replaceInvoice(tx, orderId, { reason: 'Order edited', by })
    await settleOrder(tx, orderId, by)
    return { ok: true, total: named.total }
  })
}

/** Pays back what was received beyond the new total. */
async function refundExcess(tx: Tx, order: Order, by: number): Promise<void> {
  const excessAmount = order.receivedTotal - order.total
  if (excessAmount <= 0) return
  const nothing = { lines: [], shippingAmount: 0, shippingTax: 0, extraAmount: 0, extraTax: [], tax: 0 }
  const amounts = { ...nothing, excessAmount, amount: excessAmount }
  await recordRefund(tx, order, { amounts, reason: 'Order edited', by })
}

function describe(change: { title: string; variantTitle: string; before: number; after: number }): string {
  const name = [change.title, change.variantTitle].filter(Boolean).join(', ')
  return `${name}: ${change.before} → ${change.after}`
}
