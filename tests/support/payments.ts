import { randomUUID } from 'node:crypto'
import { listRefunds } from '#app/domain/billing/refunds.server.ts'
import { recordRefundResult } from '#app/domain/billing/send-refund.server.ts'
import { requestReturn, startReturn } from '#app/domain/returns/request-return.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { settleOrder } from '#app/domain/billing/settle-order.server.ts'
import { refundOrder } from '#app/domain/billing/refund-order.server.ts'
import type { RefundInput } from '#app/domain/billing/refund.schema.ts'
import { createFulfillment } from '#app/domain/orders/create-fulfillment.server.ts'
import { unitsToShip } from '#app/domain/orders/packing.ts'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { transaction } from '#db/client.ts'
import { payments } from '#db/schema/index.ts'
import { createOrder, createProduct } from './cast.ts'

export async function readOrder(orderId: number) {
  return (await getOrder(orderId))!
}

/** An order of two pots for 9.99 with shipping for 4.90, paid by bank transfer or, with an amount, by card. */
export async function createPaidOrder({ card }: { card?: number } = {}) {
  const pot = await createProduct({ title: 'Clay pot', stock: 10 })
  const { orderId, olga } = await createOrder({ ...pot, quantity: 2 })
  if (card !== undefined) await payByCard(orderId, card)
  const { order, lines } = await readOrder(orderId)
  if (order.receivedTotal < order.total)
    await markPaid({ orderId, version: order.version, reference: '', by: olga })
  return { orderId, olga, lineId: lines[0]!.id, variantId: pot.variantId }
}

/** A card payment as the provider reports it. */
export async function payByCard(orderId: number, amount: number): Promise<void> {
  await transaction(async (tx) => {
    const order = (await lockOrder(tx, orderId))!
    await tx.insert(payments).values({
      ...{
        orderId,
        method: 'stripe',
        amount,
        currency: order.currency,
        providerId: `pi_${randomUUID()}`,
      },
    })
    await settleOrder(tx, orderId)
  })
}

type Wanted = Partial<Omit<RefundInput, 'lines'>> & {
  orderId: number
  by: number
  lines?: { orderLineId: number; quantity: number; restock?: boolean; isShipped?: boolean }[]
}

/** Refunds as the form of the order's page now would; units that were not shipped first, unless they are named. */
export async function refund({ orderId, by, lines = [], ...input }: Wanted) {
  const { order, lines: ordered } = await readOrder(orderId)
  const filled = lines.flatMap(({ quantity, isShipped, ...line }) => {
    const own = ordered.find(({ id }) => id === line.orderLineId)
    const unshipped = isShipped ? 0 : Math.min(quantity, own ? unitsToShip(own) : quantity)
    return [
      { restock: false, ...line, quantity: unshipped, isShipped: false },
      { restock: false, ...line, quantity: quantity - unshipped, isShipped: true },
    ]
  })
  const form = { version: order.version, shipping: 0, extra: 0, reason: '', shownAmount: 0, ...input }
  const first = await refundOrder({ ...form, orderId, lines: filled, by })
  if (first.ok || first.reason !== 'amount-changed' || input.shownAmount !== undefined) return first
  return refundOrder({ ...form, orderId, lines: filled, by, shownAmount: first.amount })
}

/** Ships units of the order's first line. */
export async function ship({ orderId, by, quantity }: { orderId: number; by: number; quantity: number }) {
  const { order, lines } = await readOrder(orderId)
  const shipment = { carrier: 'DHL', trackingNumber: 'T1', trackingUrl: '' }
  const result = await createFulfillment({
    ...{ orderId, version: order.version, ...shipment, by },
    lines: [{ orderLineId: lines[0]!.id, quantity }],
  })
  if (!result.ok) throw new Error(`Shipment refused: ${result.reason}`)
  return (await readOrder(orderId)).fulfillments.at(-1)!.id
}

/** An order whose refund to the card failed. */
export async function createFailedRefund() {
  const order = await createPaidOrder({ card: 2_488 })
  await refund({ orderId: order.orderId, by: order.olga, extra: 100 })
  const [newest] = await listRefunds(order.orderId)
  const transferId = newest!.transfers[0]!.id
  await recordRefundResult(transferId, { id: null, status: 'failed', failure: 'No funds' })
  return { ...order, transferId }
}

/** A shipped order with a return that its customer asked for, or that staff have approved. */
export async function createReturnedOrder({ isApproved = false } = {}) {
  const { orderId, lineId, olga } = await createPaidOrder()
  const fulfillmentId = await ship({ orderId, by: olga, quantity: 2 })
  const { token } = (await readOrder(orderId)).order
  const wanted = { lines: [{ orderLineId: lineId, quantity: 1 }], reason: 'Too small' }
  const result = isApproved
    ? await startReturn({ orderId, ...wanted, answer: '', by: olga })
    : await requestReturn({ token, ...wanted, now: new Date() })
  if (!result.ok) throw new Error(`Return refused: ${result.reason}`)
  return { orderId, token, fulfillmentId, returnId: result.returnId }
}

/** An order with a card payment that is held, or that waits for staff because its amount differs. */
export async function createCardPayment(status: 'authorized' | 'review') {
  const { orderId } = await createOrder(await createProduct())
  const paymentId = await transaction(async (tx) => {
    const { total, currency } = (await lockOrder(tx, orderId))!
    const amount = status === 'review' ? 1 : total
    const [payment] = await tx
      .insert(payments)
      .values({ orderId, method: 'stripe', status, amount, currency, providerId: `pi_${randomUUID()}` })
      .returning({ id: payments.id })
    await settleOrder(tx, orderId)
    return payment!.id
  })
  return { orderId, paymentId }
}
