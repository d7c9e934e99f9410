import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxAmount } from '#app/domain/money.ts'
import { oracle } from '#tests/support/order-totals-oracle.ts'
import { randomCart } from '#tests/support/random-carts.ts'
import type { Offer } from './promotion.ts'
import { calculateOrderTotals } from './order-totals.ts'

const now = new Date('2026-06-15T12:00:00Z')

test('totals equal those of a slow exact calculation', () => {
  fc.assert(
    fc.property(randomCart, (order) => {
      const totals = calculateOrderTotals(order)
      expect({
        discounts: totals.lines.map(({ discount }) => discount),
        applied: totals.promotions.map(({ offer }) => offer.promotion.id).sort((a, b) => a - b),
        shipping: totals.shippingTotal,
        shippingDiscount: totals.shippingDiscount,
        taxes: totals.taxes,
        taxAdded: totals.taxAdded,
        total: totals.total,
      }).toEqual(oracle(order))
    }),
    { numRuns: 3_000 },
  )
})

test('the largest carts neither overflow nor lose a unit: shares add up, and the total says that it is too large', () => {
  const offerOf = (id: number, value: number): Offer => ({
    ...{ code: null, uses: 0, usesByCustomer: 0, isCodeUsed: false, hasOrdered: false },
    promotion: {
      ...{
        id,
        title: `P${id}`,
        kind: 'percent',
        value,
        items: 'all',
        isCombinable: true,
        startsAt: new Date(0),
      },
      ...{ endsAt: null, limit: null, limitPerCustomer: null, isFirstOrderOnly: false },
      ...{ minQuantity: null, minSubtotal: null },
    },
  })
  const totalsOf = (count: number, unitPrice: number, offers: Offer[]) =>
    calculateOrderTotals({
      lines: Array.from({ length: count }, (_, index) => ({
        ...{ variantId: index + 1, productId: index + 1, title: '', variantTitle: '', collectionIds: [] },
        ...{ quantity: 999, unitPrice, requiresShipping: true, weight: 1, taxClass: 'standard' },
      })),
      ...{ offers, now, methodId: 'm' },
      methods: [
        {
          ...{ id: 'm', title: 'M', daysMin: 1, daysMax: 2, isPickup: false, freeFrom: null },
          price: { by: 'flat', rate: 490 },
        },
      ],
      tax: {
        ...{ isIncluded: true, isReverseCharge: false, place: { country: 'DE', region: '' } },
        rates: [{ country: 'DE', region: null, taxClass: 'standard', rate: 19_000 }],
        shipping: { kind: 'goods' },
      },
    })
  // The largest price, in 100 lines of 999.
  expect(totalsOf(100, maxAmount, [offerOf(1, 3_333)]).total).toBeGreaterThan(maxAmount)
  // The largest sum that is exact.
  const exact = totalsOf(9, 999_999_999_937, [offerOf(1, 3_333), offerOf(2, 3_333), offerOf(3, 3_333)])
  for (const { amount, byLine } of exact.promotions)
    expect(byLine.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(amount))
  expect(exact.lines.reduce((sum, { tax }) => sum + tax, exact.shippingTax)).toBe(exact.taxTotal)
  // Everything off: nothing is left but shipping.
  expect(totalsOf(9, 999_999_999_937, [offerOf(1, 10_000)]).total).toBe(490)
})
