import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { listOrders, type OrderFilter } from '#app/domain/orders/list-orders.server.ts'
import { linesToPack } from '#app/domain/orders/packing.ts'
import { cancelShipment } from '#app/domain/orders/shipments.server.ts'
import { db } from '#db/client.ts'
import { emails, variants } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop } from '#tests/support/cast.ts'
import { createPaidOrder, payByCard, readOrder, refund, ship } from '#tests/support/payments.ts'
import { createPromotion, endPromotions } from '#tests/support/pricing.ts'
import { cancelOrder } from './cancel-order.server.ts'
import { listRefunds } from './refunds.server.ts'

const stockOf = async (variantId: number) =>
  (await db.select({ stock: variants.stock }).from(variants).where(eq(variants.id, variantId)))[0]!.stock

test('refunding a unit restocks it, changes the payment state and writes the timeline and the email', async () => {
  const { orderId, olga: by, lineId, variantId } = await createPaidOrder()
  const lines = [{ orderLineId: lineId, quantity: 1, restock: true }]
  expect(await refund({ orderId, by, lines, reason: 'Chipped' })).toMatchObject({ ok: true, amount: 999 })
  const { order, events, lines: after } = await readOrder(orderId)
  expect(order).toMatchObject({ paymentState: 'partially-refunded', refundedTotal: 999 })
  expect(after[0]).toMatchObject({ refundedQuantity: 1 })
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'refunded', detail: '€9.99, Chipped', by: 'Olga Hill' }),
  )
  expect(await stockOf(variantId)).toBe(9)
  const [email] = await db.select().from(emails).where(eq(emails.kind, 'order-refunded'))
  await sendQueuedEmail(email!.id)
  const [sent] = await db.select().from(emails).where(eq(emails.id, email!.id))
  expect(sent!.text).toContain('€9.99')
  expect(sent!.text).toContain('1 × Clay pot')
})

test('without the tick nothing is restocked', async () => {
  const { orderId, olga: by, lineId, variantId } = await createPaidOrder()
  await refund({ orderId, by, lines: [{ orderLineId: lineId, quantity: 2 }] })
  expect(await stockOf(variantId)).toBe(8)
})

test('units that were refunded before they were shipped are not shipped any more', async () => {
  const { orderId, olga: by, lineId } = await createPaidOrder()
  await refund({ orderId, by, lines: [{ orderLineId: lineId, quantity: 1 }] })
  const [line] = (await readOrder(orderId)).lines
  expect([line!.removedQuantity, linesToPack([line!])[0]!.toPack]).toEqual([1, 1])
  await expect(ship({ orderId, by, quantity: 2 })).rejects.toThrow('more-than-ordered')
  await ship({ orderId, by, quantity: 1 })
  expect((await readOrder(orderId)).order.fulfillmentState).toBe('fulfilled')
  expect(linesToPack((await readOrder(orderId)).lines)[0]!.toPack).toBe(1)
})

test('refunding what is left to ship fulfills the order; shipped units are refunded apart', async () => {
  const { orderId, olga: by, lineId } = await createPaidOrder()
  await ship({ orderId, by, quantity: 1 })
  const shipped = (quantity: number) => [{ orderLineId: lineId, quantity, isShipped: true }]
  expect(await refund({ orderId, by, lines: shipped(2) })).toEqual({ ok: false, reason: 'more-than-left' })
  expect(await refund({ orderId, by, lines: shipped(1) })).toMatchObject({ ok: true })
  expect((await readOrder(orderId)).order.fulfillmentState).toBe('partly-fulfilled')
  expect(await refund({ orderId, by, lines: shipped(1) })).toEqual({ ok: false, reason: 'more-than-left' })
  expect(await refund({ orderId, by, lines: [{ orderLineId: lineId, quantity: 1 }] })).toMatchObject({
    ok: true,
  })
  const { order, lines } = await readOrder(orderId)
  expect(order.fulfillmentState).toBe('fulfilled')
  expect(lines[0]).toMatchObject({ fulfilledQuantity: 1, refundedQuantity: 2, removedQuantity: 1 })
})

test('refunded units of a canceled shipment are not shipped again', async () => {
  const { orderId, olga: by, lineId } = await createPaidOrder()
  const fulfillmentId = await ship({ orderId, by, quantity: 2 })
  await refund({ orderId, by, lines: [{ orderLineId: lineId, quantity: 1, isShipped: true }] })
  expect(await cancelShipment({ orderId, fulfillmentId, by })).toEqual({ ok: true })
  await expect(ship({ orderId, by, quantity: 2 })).rejects.toThrow('more-than-ordered')
  await ship({ orderId, by, quantity: 1 })
  expect((await readOrder(orderId)).order.fulfillmentState).toBe('fulfilled')
})

test('an order that was refunded before anything was shipped is not among those to ship', async () => {
  const { orderId, olga: by, lineId } = await createPaidOrder()
  const isListed = async (filter: OrderFilter) =>
    (await listOrders({ filter, sort: 'newest', query: '', page: 1 })).orders.some(({ id }) => id === orderId)
  expect([await isListed('unfulfilled'), await isListed('open')]).toEqual([true, true])
  await refund({ orderId, by, lines: [{ orderLineId: lineId, quantity: 2 }], shipping: 490 })
  expect((await readOrder(orderId)).order).toMatchObject({
    paymentState: 'refunded',
    fulfillmentState: 'unfulfilled',
  })
  expect([await isListed('unfulfilled'), await isListed('open')]).toEqual([false, false])
})

test('lines, shipping and the rest end at the total; then nothing is left', async () => {
  const { orderId, olga: by, lineId } = await createPaidOrder()
  await refund({ orderId, by, extra: 100 })
  await refund({ orderId, by, lines: [{ orderLineId: lineId, quantity: 1 }], shipping: 300 })
  expect(await refund({ orderId, by, shipping: 491 })).toEqual({ ok: false, reason: 'more-than-left' })
  const rest = await refund({ orderId, by, lines: [{ orderLineId: lineId, quantity: 1 }], shipping: 190 })
  expect(rest).toMatchObject({ ok: true, amount: 2_488 - 100 - 1_299 })
  expect((await readOrder(orderId)).order).toMatchObject({ paymentState: 'refunded', refundedTotal: 2_488 })
  expect(await refund({ orderId, by, extra: 1 })).toEqual({ ok: false, reason: 'more-than-received' })
})

test('more units than are left, another order’s line, nothing and an old version are refused', async () => {
  const { orderId, olga: by, lineId } = await createPaidOrder()
  const other = await createPaidOrder()
  const units = (orderLineId: number, quantity: number) => [{ orderLineId, quantity }]
  const more = { ok: false, reason: 'more-than-left' }
  expect(await refund({ orderId, by, lines: units(lineId, 3) })).toEqual(more)
  expect(await refund({ orderId, by, lines: [...units(lineId, 2), ...units(lineId, 1)] })).toEqual(more)
  expect(await refund({ orderId, by, lines: units(other.lineId, 1) })).toEqual(more)
  expect(await refund({ orderId, by, lines: units(lineId, 0) })).toEqual({
    ok: false,
    reason: 'nothing-selected',
  })
  expect(await refund({ orderId, by, extra: 1, version: 1 })).toEqual({ ok: false, reason: 'stale' })
  expect(await refund({ orderId, by, extra: 2_489 })).toEqual({ ok: false, reason: 'more-than-received' })
})

test('an amount that the form did not show is not refunded', async () => {
  const { orderId, olga: by, lineId } = await createPaidOrder()
  const lines = [{ orderLineId: lineId, quantity: 1 }]
  expect(await refund({ orderId, by, lines, shownAmount: 998 })).toEqual({
    ok: false,
    reason: 'amount-changed',
    amount: 999,
  })
  expect(await listRefunds(orderId)).toEqual([])
})

test('the amount goes back the way it came: by the provider, and by staff', async () => {
  const { orderId, olga: by } = await createPaidOrder({ card: 1_000 })
  await refund({ orderId, by, extra: 1_200 })
  expect((await listRefunds(orderId))[0]!.transfers).toMatchObject([
    { method: 'stripe', amount: 1_000, status: 'pending' },
    { method: 'bank-transfer', amount: 200, status: 'done' },
  ])
  await refund({ orderId, by, extra: 100 })
  expect((await listRefunds(orderId))[0]!.transfers).toMatchObject([{ method: 'bank-transfer', amount: 100 }])
})

test('canceling refunds what was received and restocks what was not restocked before', async () => {
  const { orderId, olga: by, lineId, variantId } = await createPaidOrder()
  await refund({ orderId, by, lines: [{ orderLineId: lineId, quantity: 1, restock: true }] })
  const { version } = (await readOrder(orderId)).order
  expect(await cancelOrder({ orderId, version, reason: '', by })).toEqual({
    ok: true,
    restocked: 1,
    refunded: 2_488 - 999,
  })
  const { order, emails: sent } = await readOrder(orderId)
  expect(order).toMatchObject({ paymentState: 'refunded', refundedTotal: 2_488 })
  expect(await stockOf(variantId)).toBe(10)
  expect(sent.filter(({ kind }) => kind === 'order-refunded')).toHaveLength(1)
  expect(sent.filter(({ kind }) => kind === 'order-canceled')).toHaveLength(1)
})

test('an order with nothing to pay can be canceled', async () => {
  await createShop()
  await createPromotion({ title: 'Everything', isAutomatic: true, percent: 10_000 })
  await db.execute(sql`update settings set shipping_rate = 0`)
  const { orderId, olga: by } = await createOrder(await createProduct())
  expect((await readOrder(orderId)).order).toMatchObject({ total: 0, paymentState: 'paid' })
  expect(await cancelOrder({ orderId, version: 1, reason: '', by })).toMatchObject({ ok: true, refunded: 0 })
  expect((await readOrder(orderId)).order).toMatchObject({ paymentState: 'voided' })
  await endPromotions()
  await db.execute(sql`update settings set shipping_rate = 490`)
})

test('a late payment of a canceled order is refunded without restocking again', async () => {
  const pot = await createProduct({ stock: 5 })
  const { orderId, olga: by } = await createOrder(pot)
  await cancelOrder({ orderId, version: 1, reason: '', by })
  const { order, lines } = await readOrder(orderId)
  await payByCard(orderId, order.total)
  const all = [{ orderLineId: lines[0]!.id, quantity: 1, restock: true }]
  expect(await refund({ orderId, by, lines: all })).toMatchObject({ ok: true })
  expect(await stockOf(pot.variantId)).toBe(5)
})
