import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { setLineQuantity } from '#app/domain/cart/cart.server.ts'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { cancelOrder } from '#app/domain/orders/cancel-order.server.ts'
import { fulfilOrder } from '#app/domain/orders/fulfil-order.server.ts'
import { markPaid } from '#app/domain/orders/mark-paid.server.ts'
import { getOrder, getReceipt } from '#app/domain/orders/orders.server.ts'
import { db } from '#db/client.ts'
import { orders, products, variants } from '#db/schema/index.ts'
import { aGuest, aProduct, filledForm, now, olgaOpensHerShop } from '#tests/support/cast.ts'

const nothing = { carrier: '', trackingNumber: '', trackingUrl: '' }

async function place(variantId: number, quantity = 1) {
  const { settings, olga } = await olgaOpensHerShop()
  const shopper = await aGuest({ variantId, quantity })
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

describe('from cart to parcel', () => {
  test('an order keeps what was bought, at the price and under the name of that day', async () => {
    const pot = await aProduct({ title: 'Clay pot', price: 999 })
    const { token } = await place(pot.variantId, 2)
    await db.update(products).set({ title: 'Renamed' }).where(eq(products.id, pot.productId))
    await setPrice(pot, 1)
    const receipt = await getReceipt(token)
    expect(receipt!.lines).toMatchObject([
      { title: 'Clay pot', unitPrice: 999, lineTotal: 1998, quantity: 2 },
    ])
    expect(receipt!.order).toMatchObject({ subtotal: 1998, shippingTotal: 490, total: 2488, currency: 'EUR' })
    expect(receipt!.order.steps).toEqual([
      { kind: 'line', label: '2 × Clay pot', amount: 1998 },
      { kind: 'shipping', label: 'Standard delivery', amount: 490 },
    ])
  })

  test('it is paid, sent in two parcels, and then finished', async () => {
    const { variantId } = await aProduct()
    const { orderId, olga } = await place(variantId, 3)
    expect(await markPaid(orderId, { version: 1, reference: 'bank 12' }, olga)).toEqual({ ok: true })
    expect(await markPaid(orderId, { version: 2, reference: '' }, olga)).toEqual({
      ok: false,
      reason: 'not-payable',
    })
    const orderLineId = (await getOrder(orderId))!.lines[0]!.id
    const send = (version: number, quantity: number) =>
      fulfilOrder(orderId, { version, ...nothing, lines: [{ orderLineId, quantity }] }, olga)
    expect(await send(1, 1)).toEqual({ ok: false, reason: 'stale' })
    expect(await send(2, 0)).toEqual({ ok: false, reason: 'nothing-chosen' })
    expect(await send(2, 4)).toEqual({ ok: false, reason: 'more-than-ordered' })
    expect(await send(2, 1)).toEqual({ ok: true, state: 'partly-fulfilled' })
    const cancelled = await cancelOrder(orderId, { version: 3, reason: '' }, olga)
    expect(cancelled).toEqual({ ok: false, reason: 'not-cancellable' })
    expect(await send(3, 2)).toEqual({ ok: true, state: 'fulfilled' })
    expect(await send(4, 1)).toEqual({ ok: false, reason: 'not-fulfillable' })
    const order = await getOrder(orderId)
    expect(order!.events.map((event) => event.kind)).toEqual(['fulfilled', 'fulfilled', 'paid', 'placed'])
    expect(order!.mails.map((mail) => mail.kind)).toEqual([
      'order-confirmed',
      'order-paid',
      'order-fulfilled',
      'order-fulfilled',
    ])
  })

  test('a line of another order cannot be fulfilled', async () => {
    const { variantId } = await aProduct()
    const mine = await place(variantId)
    const other = await place(variantId)
    const foreign = (await getOrder(other.orderId))!.lines[0]!.id
    const lines = [{ orderLineId: foreign, quantity: 1 }]
    const result = await fulfilOrder(mine.orderId, { version: 1, ...nothing, lines }, mine.olga)
    expect(result).toEqual({ ok: false, reason: 'more-than-ordered' })
  })

  test('cancelling gives the stock back', async () => {
    const { variantId } = await aProduct({ stock: 4 })
    const { orderId, olga } = await place(variantId, 3)
    expect(await stockOf(variantId)).toBe(1)
    expect(await cancelOrder(orderId, { version: 1, reason: 'changed their mind' }, olga)).toEqual({
      ok: true,
    })
    expect(await stockOf(variantId)).toBe(4)
  })
})

describe('nothing is placed when', () => {
  test('the price rose after the form was shown; the next form has the new total', async () => {
    const { settings } = await olgaOpensHerShop()
    const pot = await aProduct({ price: 999 })
    const shopper = await aGuest(pot)
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

  test('delivery became dearer', async () => {
    const { settings } = await olgaOpensHerShop()
    const shopper = await aGuest(await aProduct())
    const form = await filledForm(shopper, settings)
    const dearer = { ...settings, shippingRate: 590 }
    expect(await placeOrder({ shopper, form, settings: dearer, now })).toEqual({
      ok: false,
      reason: 'total-changed',
    })
  })

  test('the form was already an order, with another address', async () => {
    const { settings } = await olgaOpensHerShop()
    const shopper = await aGuest(await aProduct())
    const form = await filledForm(shopper, settings)
    const placed = await placeOrder({ shopper, form, settings, now })
    expect(await placeOrder({ shopper, form, settings, now })).toEqual({ ...placed, isNew: false })
    const changed = await placeOrder({ shopper, form: { ...form, city: 'Cork' }, settings, now })
    expect(changed).toMatchObject({ ok: false, reason: 'already-placed' })
  })

  test('somebody else sends the form', async () => {
    const { settings } = await olgaOpensHerShop()
    const pot = await aProduct()
    const ada = await aGuest(pot)
    const form = await filledForm(ada, settings)
    await placeOrder({ shopper: ada, form, settings, now })
    const eve = await aGuest(pot)
    expect(await placeOrder({ shopper: eve, form, settings, now })).toEqual({
      ok: false,
      reason: 'stale-form',
    })
  })

  test('the cart is empty', async () => {
    const { settings } = await olgaOpensHerShop()
    const { variantId } = await aProduct()
    const shopper = await aGuest({ variantId })
    await setLineQuantity({ shopper, variantId, quantity: 0 })
    const form = await filledForm(shopper, settings)
    expect(await placeOrder({ shopper, form, settings, now })).toEqual({ ok: false, reason: 'empty-cart' })
  })

  test('the country, the delivery or the payment is not offered', async () => {
    const { settings } = await olgaOpensHerShop()
    const shopper = await aGuest(await aProduct())
    const form = await filledForm(shopper, settings)
    const to = (changes: Partial<typeof form>, offered: Partial<typeof settings>) =>
      placeOrder({ shopper, form: { ...form, ...changes }, settings: { ...settings, ...offered }, now })
    expect(await to({ country: 'US' }, { shippingCountries: ['IE'] })).toMatchObject({
      reason: 'country-not-served',
    })
    expect(await to({ delivery: 'drone' }, {})).toMatchObject({ reason: 'delivery-not-offered' })
    expect(await to({}, { acceptsBankTransfer: false })).toMatchObject({ reason: 'payment-not-offered' })
  })

  test('the product left the window', async () => {
    const { settings } = await olgaOpensHerShop()
    const pot = await aProduct()
    const shopper = await aGuest(pot)
    const form = await filledForm(shopper, settings)
    await db.update(products).set({ status: 'archived' }).where(eq(products.id, pot.productId))
    expect(await placeOrder({ shopper, form, settings, now })).toEqual({
      ok: false,
      reason: 'lines-unavailable',
    })
    expect((await getCart(shopper))!.lines[0]!.notices).toEqual([{ kind: 'no-longer-sold' }])
  })

  test('the amount is larger than any order can be', async () => {
    const { settings } = await olgaOpensHerShop()
    const { variantId } = await aProduct({ price: 1_000_000_000_000, stock: 2 })
    const shopper = await aGuest({ variantId, quantity: 2 })
    const form = await filledForm(shopper, settings)
    expect(await placeOrder({ shopper, form, settings, now })).toEqual({
      ok: false,
      reason: 'amount-too-large',
    })
  })
})

describe('stock rules', () => {
  test('a variant that may be oversold goes below zero', async () => {
    const { variantId } = await aProduct({ stock: 1, sellWhenOut: true })
    await place(variantId, 3)
    expect(await stockOf(variantId)).toBe(-2)
  })

  test('a variant without tracking is sold and its stock stays', async () => {
    const { variantId } = await aProduct({ stock: 0, trackStock: false })
    const { orderId, olga } = await place(variantId, 5)
    await cancelOrder(orderId, { version: 1, reason: '' }, olga)
    expect(await stockOf(variantId)).toBe(0)
  })
})
