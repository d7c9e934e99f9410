import { describe, expect, test } from 'vitest'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { shippingAddress } from '#app/domain/orders/orders.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import { createGuest, createProduct, createShop, filledForm, now } from '#tests/support/cast.ts'
import { checkoutSchema } from './checkout.schema.ts'
import { placeOrder } from './place-order.server.ts'

/** Fills in the checkout form with these fields of the address. */
async function check(typed: Record<string, string>) {
  const { settings } = await createShop()
  const shopper = await createGuest(await createProduct())
  const filled = await filledForm(shopper, settings)
  const unchecked = { keepAddress: undefined, acceptsMarketing: undefined }
  const form = { ...filled, ...unchecked, shownTotal: String(filled.shownTotal), shownTotals: '' }
  const parsed = checkoutSchema.safeParse({ ...form, city: '', postcode: '', ...typed })
  return { shopper, settings, parsed }
}

describe('an order is shipped to an address of its country', () => {
  test.each([
    [
      { country: 'US', city: 'San Francisco', region: 'CA', postcode: '941031234', phone: '415 555 2671' },
      ['San Francisco, CA 94103-1234', 'United States'],
      '+1 415 555 2671',
    ],
    [
      { country: 'DE', city: 'Berlin', postcode: '10115', phone: '030/901820' },
      ['10115 Berlin', 'Germany'],
      '+49 30 901820',
    ],
    [
      { country: 'JP', city: 'Setagaya', region: 'Tokyo', postcode: '1540023', phone: '' },
      ['Setagaya, Tokyo', '154-0023', 'Japan'],
      '',
    ],
    [
      { country: 'IE', city: 'Dublin', region: '', postcode: 'd02x285', phone: '' },
      ['Dublin', 'D02 X285', 'Ireland'],
      '',
    ],
  ])('%s', async (typed, lines, phone) => {
    const { shopper, settings, parsed } = await check(typed)
    const placed = await placeOrder({ shopper, form: parsed.data!, settings, now })
    if (!placed.ok) throw new Error(placed.reason)
    const { order } = (await getOrder(placed.orderId))!
    expect(addressLines(shippingAddress(order), settings.locale)).toEqual([
      'Ada Byron',
      '12 Square',
      ...lines,
    ])
    expect(order.phone).toBe(phone)
  })
})

test('all errors of a checkout are found at once, those of the country and those of other fields', async () => {
  const { parsed } = await check({ country: 'US', name: '', email: '', postcode: '1', region: '' })
  const paths = parsed.error!.issues.map(({ path }) => path[0])
  expect(paths.toSorted()).toEqual(['city', 'email', 'name', 'postcode', 'region'])
})

test('a country that does not exist is refused in words', async () => {
  const { parsed } = await check({ country: 'XX', city: 'Dublin' })
  expect(parsed.error!.issues).toMatchObject([{ path: ['country'], message: 'Choose the country.' }])
})
