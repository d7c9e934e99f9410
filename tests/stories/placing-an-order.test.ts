import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { setLineQuantity } from '#app/domain/cart/cart.server.ts'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { createFulfillment } from '#app/domain/orders/create-fulfillment.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { getOrder, getOrderByToken } from '#app/domain/orders/orders.server.ts'
import { db } from '#db/client.ts'
import { orders, products, variants } from '#db/schema/index.ts'
import { createGuest, createProduct, filledForm, now, createShop } from '#tests/support/cast.ts'

const nothing = { carrier: '', trackingNumber: '', trackingUrl: '' }

async function place(variantId: number, quantity = 1) {
  const { settings, olga } = await createShop()
  const shopper = await createGuest({ variantId, quantity })
  const placed = await placeOrder({ shopper, form: await filledForm(shopper, settings), settings, now })
  if (!placed.ok) throw new Error(placed.reason)
  return { ...placed, olga }
}

async function stockOf(variantId: number) {
  const [variant] = await db
    .select({ stock: variants.stock })
    .from(variants)
    .where(eq(variants.id, variantId))
  return variant!.stock
}

async function setPrice({ productId, variantId }: { productId: number; variantId: number }, price: number) {
  await db.update(variants).set({ price }).where(eq(variants.id, variantId))
  await db.update(products).set({ priceMin: price, priceMax: price }).where(eq(products.id, productId))
}

describe('an order’s lifecycle', () => {
  test('an order keeps its lines’ prices and titles as bought', async () => {
    const pot = await createProduct({ title: 'Clay pot', price: 999 })
    const { token } = await place(pot.variantId, 2)
    await db.update(products).set({ title: 'Renamed' }).where(eq(products.id, pot.productId))
    await setPrice(pot, 1)
    const receipt = await getOrderByToken(token)
    expect(receipt!.lines).toMatchObject([
      { title: 'Clay pot', unitPrice: 999, lineTotal: 1998, quantity: 2 },
    ])
    expect(receipt!.order).toMatchObject({ subtotal: 1998, shippingTotal: 490, total: 2488, currency: 'EUR' })
    expect(receipt!.order.priceBreakdown).toEqual([
      { kind: 'line', label: '2 × Clay pot', amount: 1998 },
      { kind: 'shipping', label: 'Standard delivery', amount: 490 },
    ])
  })

  test('an order is paid, shipped in two shipments, and then fulfilled', async () => {
    const { variantId } = await createProduct()
    const { orderId, olga } = await place(variantId, 3)
    expect(await markPaid({ orderId, version: 1, reference: 'bank 12', by: olga })).toEqual({ ok: true })
    expect(await markPaid({ orderId, version: 2, reference: '', by: olga })).toEqual({
      ok: false,
      reason: 'not-payable',
    })
    const orderLineId = (await getOrder(orderId))!.lines[0]!.id
    const send = (version: number, quantity: number) =>
      createFulfillment({ orderId, version, ...nothing, lines: [{ orderLineId, quantity }], by: olga })
    expect(await send(1, 1)).toEqual({ ok: false, reason: 'stale' })
    expect(await send(2, 0)).toEqual({ ok: false, reason: 'nothing-selected' })
    expect(await send(2, 4)).toEqual({ ok: false, reason: 'more-than-ordered' })
    expect(await send(2, 1)).toEqual({ ok: true, state: 'partly-fulfilled' })
    const canceled = await cancelOrder({ orderId, version: 3, reason: '', by: olga })
    expect(canceled).toEqual({ ok: false, reason: 'not-cancelable' })
    expect(await send(3, 2)).toEqual({ ok: true, state: 'fulfilled' })
    expect(await send(4, 1)).toEqual({ ok: false, reason: 'not-fulfillable' })
    const order = await getOrder(orderId)
    expect(order!.events.map((event) => event.kind)).toEqual([
      ...['fulfilled', 'fulfilled', 'invoice-issued', 'paid', 'placed'],
    ])
    expect(order!.emails.map((email) => email.kind)).toEqual([
      'order-confirmed',
      'order-paid',
      'order-fulfilled',
      'order-fulfilled',
    ])
  })

  test('a line of another order cannot be fulfilled', async () => {
    const { variantId } = await createProduct()
    const mine = await place(variantId)
    const other = await place(variantId)
    const foreign = (await getOrder(other.orderId))!.lines[0]!.id
    const lines = [{ orderLineId: foreign, quantity: 1 }]
    const result = await createFulfillment({
      orderId: mine.orderId,
      version: 1,
      ...nothing,
      lines,
      by: mine.olga,
    })
    expect(result).toEqual({ ok: false, reason: 'more-than-ordered' })
  })

  test('canceling returns the stock', async () => {
    const { variantId } = await createProduct({ stock: 4 })
    const { orderId, olga } = await place(variantId, 3)
    expect(await stockOf(variantId)).toBe(1)
    expect(await cancelOrder({ orderId, version: 1, reason: 'changed their mind', by: olga })).toEqual({
      ok: true,
      restocked: 3,
      refunded: 0,
    })
    expect(await stockOf(variantId)).toBe(4)
  })
})

describe('placeOrder refuses when', () => {
  test('the price rose after the form was shown; the next form has the new total', async () => {
    const { settings } = await createShop()
    const pot = await createProduct({ price: 999 })
    const shopper = await createGuest(pot)
    const form = await filledForm(shopper, settings)
    await setPrice(pot, 1099)
    expect(await placeOrder({ shopper, form, settings, now })).toEqual({
      ok: false,
      reason: 'total-changed',
    })
    expect(await db.select().from(orders).where(eq(orders.sessionId, shopper.sessionId))).toEqual([])
    expect((await getCart(shopper))!.lines[0]!.notices).toEqual([{ kind: 'price-rose', from: 999, to: 1099 }])
    const again = await filledForm(shopper, settings)
    expect(again.shownTotal).toBe(1099 + 490)
    expect(await placeOrder({ shopper, form: again, settings, now })).toMatchObject({ ok: true })
  })

  test('shipping became more expensive', async () => {
    const { settings } = await createShop()
    const shopper = await createGuest(await createProduct())
    const form = await filledForm(shopper, settings)
    const dearer = { ...settings, shippingRate: 590 }
    expect(await placeOrder({ shopper, form, settings: dearer, now })).toEqual({
      ok: false,
      reason: 'total-changed',
    })
  })

  test('the form was already submitted as an order, with another address', async () => {
    const { settings } = await createShop()
    const shopper = await createGuest(await createProduct())
    const form = await filledForm(shopper, settings)
    const placed = await placeOrder({ shopper, form, settings, now })
    expect(await placeOrder({ shopper, form, settings, now })).toEqual({ ...placed, isNew: false })
    const changed = await placeOrder({ shopper, form: { ...form, city: 'Cork' }, settings, now })
    expect(changed).toMatchObject({ ok: false, reason: 'already-placed' })
  })

  test('another shopper sends the form', async () => {
    const { settings } = await createShop()
    const pot = await createProduct()
    const ada = await createGuest(pot)
    const form = await filledForm(ada, settings)
    await placeOrder({ shopper: ada, form, settings, now })
    const eve = await createGuest(pot)
    expect(await placeOrder({ shopper: eve, form, settings, now })).toEqual({
      ok: false,
      reason: 'stale-form',
    })
  })

  test('the cart is empty', async () => {
    const { settings } = await createShop()
    const { variantId } = await createProduct()
    const shopper = await createGuest({ variantId })
    await setLineQuantity({ shopper, variantId, quantity: 0 })
    const form = await filledForm(shopper, settings)
    expect(await placeOrder({ shopper, form, settings, now })).toEqual({ ok: false, reason: 'empty-cart' })
  })

  test('the country, shipping option or payment method is not offered', async () => {
    const { settings } = await createShop()
    const shopper = await createGuest(await createProduct())
    const form = await filledForm(shopper, settings)
    const to = (changes: Partial<typeof form>, offered: Partial<typeof settings>) =>
      placeOrder({ shopper, form: { ...form, ...changes }, settings: { ...settings, ...offered }, now })
    expect(await to({ country: 'US' }, { shippingCountries: ['IE'] })).toMatchObject({
      reason: 'country-not-served',
    })
    expect(await to({ shippingMethod: 'drone' }, {})).toMatchObject({ reason: 'shipping-not-offered' })
    expect(await to({}, { acceptsBankTransfer: false })).toMatchObject({ reason: 'payment-not-offered' })
  })

  test('the product was unpublished', async () => {
    const { settings } = await createShop()
    const pot = await createProduct()
    const shopper = await createGuest(pot)
    const form = await filledForm(shopper, settings)
    await db.update(products).set({ status: 'archived' }).where(eq(products.id, pot.productId))
    expect(await placeOrder({ shopper, form, settings, now })).toEqual({
      ok: false,
      reason: 'lines-unavailable',
    })
    expect((await getCart(shopper))!.lines[0]!.notices).toEqual([{ kind: 'no-longer-sold' }])
  })

  test('the amount exceeds the maximum', async () => {
    const { settings } = await createShop()
    const { variantId } = await createProduct({ price: 1_000_000_000_000, stock: 2 })
    const shopper = await createGuest({ variantId, quantity: 2 })
    const form = await filledForm(shopper, settings)
    expect(await placeOrder({ shopper, form, settings, now })).toEqual({
      ok: false,
      reason: 'amount-too-large',
    })
  })
})

describe('stock rules', () => {
  test('a variant that allows backorders goes below zero', async () => {
    const { variantId } = await createProduct({ stock: 1, allowBackorder: true })
    await place(variantId, 3)
    expect(await stockOf(variantId)).toBe(-2)
  })

  test('a variant without tracking is sold and its stock stays', async () => {
    const { variantId } = await createProduct({ stock: 0, trackStock: false })
    const { orderId, olga } = await place(variantId, 5)
    await cancelOrder({ orderId, version: 1, reason: '', by: olga })
    expect(await stockOf(variantId)).toBe(0)
  })
})
