import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { setDestination } from '#app/domain/cart/codes.server.ts'
import { readSettings } from '#app/domain/settings/settings.server.ts'
import { db } from '#db/client.ts'
import { orderLines, orders, products, settings as settingsTable, taxClasses } from '#db/schema/index.ts'
import { createGuest, createProduct, createShop, filledForm, now } from '#tests/support/cast.ts'
import { createTaxRate, createZone, resetPricing } from '#tests/support/pricing.ts'
import { getCheckout } from './checkout.server.ts'
import { placeOrder } from './place-order.server.ts'

beforeEach(async () => {
  await createShop()
})
afterEach(resetPricing)

const germany = { country: 'DE', city: 'Berlin', postcode: '10117', region: '', phone: '' }

/** The checkout for an address, as the page shows it. */
async function quote(shopper: Shopper, form: { country: string; region?: string; vatNumber?: string }) {
  const settings = (await readSettings())!
  return (await getCheckout({
    ...{ shopper, settings, now },
    form: { region: '', email: '', vatNumber: '', ...form },
  }))!
}

/** Places the order that the checkout shows for this address. */
async function place(shopper: Shopper, changes: Parameters<typeof filledForm>[2] = {}) {
  const settings = (await readSettings())!
  const form = await filledForm(shopper, settings, changes)
  const { options, totals } = await quote(shopper, { ...form, ...changes })
  const shippingMethod = changes.shippingMethod ?? options[0]?.id ?? 'standard'
  const shownTotal = options.find(({ id }) => id === shippingMethod)?.totals.total ?? totals.total
  return placeOrder({ shopper, settings, now, form: { ...form, shippingMethod, shownTotal } })
}

async function orderOf(placed: Awaited<ReturnType<typeof placeOrder>>) {
  if (!placed.ok) throw new Error(placed.reason)
  const [order] = await db.select().from(orders).where(eq(orders.id, placed.orderId))
  const lines = await db.select().from(orderLines).where(eq(orderLines.orderId, placed.orderId))
  return { ...order!, lines }
}

describe('shipping zones', () => {
  test('offer the methods that have a rate for the cart, cheapest first and pickup last', async () => {
    const tiers = [
      { from: 0, below: 1_000, rate: 490 },
      { from: 1_000, below: 2_000, rate: 790 },
    ]
    await createZone(
      [{ country: 'DE' }],
      [
        { title: 'Pick up', isPickup: true },
        { title: 'Parcel', priceBy: 'weight', tiers },
        { title: 'Truck', rate: 690 },
      ],
    )
    const { variantId } = await createProduct({ weightGrams: 600, stock: 100 })
    const rates = async (quantity: number) => {
      const { options } = await quote(await createGuest({ variantId, quantity }), { country: 'DE' })
      return options.map(({ label, rate }) => `${label} ${rate}`)
    }
    expect(await rates(1)).toEqual(['Parcel 490', 'Truck 690', 'Pick up 0'])
    expect(await rates(2)).toEqual(['Truck 690', 'Parcel 790', 'Pick up 0'])
    expect(await rates(4)).toEqual(['Truck 690', 'Pick up 0'])
  })

  test('of a region come before those of the country; an address of no zone is refused', async () => {
    await createZone([{ country: 'US' }], [{ title: 'Mail', rate: 500 }])
    await createZone([{ country: 'US', region: 'HI' }], [{ title: 'Air mail', rate: 2_000 }])
    const shopper = await createGuest(await createProduct())
    const labels = async (country: string, region = '') =>
      (await quote(shopper, { country, region })).options.map(({ label }) => label)
    expect(await labels('US', 'HI')).toEqual(['Air mail'])
    expect(await labels('US', 'CA')).toEqual(['Mail'])
    expect(await labels('DE')).toEqual([])
    expect(await place(shopper, germany)).toEqual({ ok: false, reason: 'country-not-served' })
  })

  test('a method of another zone is refused', async () => {
    await createZone([{ country: 'DE' }], [{ title: 'Parcel', rate: 490 }])
    const shopper = await createGuest(await createProduct())
    const refused = await place(shopper, { ...germany, shippingMethod: '999999' })
    expect(refused).toEqual({ ok: false, reason: 'shipping-not-offered' })
  })

  test('the cart remembers where shipping is estimated for', async () => {
    await createZone([{ country: 'IE' }], [{ title: 'Post', rate: 300 }])
    await createZone([{ country: 'DE' }], [{ title: 'Parcel', rate: 590 }])
    const shopper = await createGuest(await createProduct())
    const settings = (await readSettings())!
    const first = async () => (await getCheckout({ shopper, settings, now }))!.options[0]!.label
    expect(await first()).toBe('Post')
    await setDestination({ shopper, destination: { country: 'DE', region: '', postcode: '10117' } })
    expect(await first()).toBe('Parcel')
    await setDestination({ shopper, destination: { country: 'FR', region: '', postcode: '' } })
    expect(await first()).toBe('Post')
  })
})

describe('tax', () => {
  test('contained in prices: by class, kept on each line and in the price breakdown', async () => {
    await db.update(settingsTable).set({ taxLabel: 'VAT' })
    await createTaxRate('DE', 19)
    const [books] = await db.insert(taxClasses).values({ title: 'Books' }).returning()
    await createTaxRate('DE', 7, '', books!.id)
    const [mug, book, gift] = [
      await createProduct({ price: 1_999 }),
      await createProduct({ price: 999 }),
      await createProduct({ price: 500, taxable: false }),
    ]
    await db.update(products).set({ taxClassId: books!.id }).where(eq(products.id, book.productId))
    const placed = await place(await createGuest({ ...mug, quantity: 2 }, book, gift), germany)
    const order = await orderOf(placed)
    expect(order).toMatchObject({ subtotal: 5_497, taxAdded: 0, total: 5_497 + 490 })
    expect(order.lines.map(({ taxRate }) => taxRate)).toEqual([19_000, 7_000, 0])
    const taxSteps = order.priceBreakdown.filter(({ kind }) => kind === 'tax')
    expect(taxSteps.map(({ label, amount }) => `${label} ${amount}`)).toEqual(['VAT 19% 0', 'VAT 7% 0'])
    expect(taxSteps.reduce((sum, { tax }) => sum + tax!.amount, 0)).toBe(order.taxTotal)
  })

  test('added to prices changes the total; shipping is not taxed where the settings say so', async () => {
    await db.update(settingsTable).set({ pricesIncludeTax: false, shippingTax: 'none' })
    await createTaxRate('US', 8.875, 'NY')
    await createTaxRate('US', 0)
    const product = await createProduct({ price: 10_000 })
    const inNewYork = { country: 'US', region: 'NY', city: 'New York', postcode: '10001' }
    const order = await orderOf(await place(await createGuest(product), inNewYork))
    expect(order).toMatchObject({ taxTotal: 888, taxAdded: 888, total: 10_000 + 490 + 888 })
    const elsewhere = { ...inNewYork, region: 'CA', city: 'Los Angeles', postcode: '90001' }
    expect(await orderOf(await place(await createGuest(product), elsewhere))).toMatchObject({ taxTotal: 0 })
  })

  test('a business of another EU country owes it itself: none is charged, and contained tax is taken off', async () => {
    await db.update(settingsTable).set({ allowsReverseCharge: true, storeCountry: 'IE' })
    await createTaxRate('DE', 19)
    await createTaxRate('IE', 23)
    const product = await createProduct({ price: 11_900 })
    const vatNumber = 'DE 123456789'
    const order = await orderOf(await place(await createGuest(product), { ...germany, vatNumber }))
    expect(order).toMatchObject({
      ...{ isReverseCharge: true, vatNumber, taxTotal: 0, taxAdded: -1_978 },
      total: 11_900 + 490 - 1_978,
    })
    // A number of another country, or at home, is a sale to a consumer.
    const foreign = await orderOf(await place(await createGuest(product), { ...germany, vatNumber: 'FR1' }))
    expect(foreign).toMatchObject({ isReverseCharge: false, total: 12_390 })
    const home = await orderOf(await place(await createGuest(product), { vatNumber: 'IE1234567X' }))
    expect(home).toMatchObject({ isReverseCharge: false, total: 12_390 })
  })

  test('of an order that is collected is that of the store', async () => {
    await db.update(settingsTable).set({ storeCountry: 'IE', pricesIncludeTax: false })
    await createTaxRate('DE', 19)
    await createTaxRate('IE', 23)
    await createZone([{ country: 'DE' }], [{ title: 'Pick up', isPickup: true }])
    const placed = await place(await createGuest(await createProduct({ price: 1_000 })), germany)
    expect(await orderOf(placed)).toMatchObject({ isPickup: true, taxAdded: 230, total: 1_230 })
  })

  test('a rate that changes later does not change the order', async () => {
    await createTaxRate('DE', 19)
    const placed = await place(await createGuest(await createProduct()), germany)
    const before = await orderOf(placed)
    await resetPricing()
    await createTaxRate('DE', 25)
    expect(await orderOf(placed)).toEqual(before)
  })
})
