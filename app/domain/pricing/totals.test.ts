import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calculateTotals } from './totals.ts'

const line = fc.record({
  title: fc.string(),
  variantTitle: fc.string(),
  quantity: fc.integer({ min: 1, max: 999 }),
  unitPrice: fc.integer({ min: 0, max: 10_000_000 }),
})
const lines = fc.array(line, { minLength: 1, maxLength: 100 })
const shipping = fc.record({ label: fc.string(), rate: fc.integer({ min: 0, max: 100_000 }) })

test('the price breakdown adds up to the total, checked with exact arithmetic', () => {
  fc.assert(
    fc.property(lines, shipping, (cart, rate) => {
      const totals = calculateTotals(cart, rate)
      const exact = cart.reduce(
        (sum, { quantity, unitPrice }) => sum + BigInt(quantity) * BigInt(unitPrice),
        0n,
      )
      expect(BigInt(totals.subtotal)).toBe(exact)
      expect(totals.total).toBe(totals.priceBreakdown.reduce((sum, step) => sum + step.amount, 0))
      expect(totals.total).toBe(
        totals.subtotal - totals.discountTotal + totals.shippingTotal + totals.taxTotal,
      )
    }),
  )
})

test('the order of lines does not matter, and another line never lowers the total', () => {
  fc.assert(
    fc.property(lines, line, shipping, (cart, more, rate) => {
      const { total } = calculateTotals(cart, rate)
      expect(calculateTotals(cart.toReversed(), rate).total).toBe(total)
      expect(calculateTotals([...cart, more], rate).total).toBeGreaterThanOrEqual(total)
    }),
  )
})

test('splitting a line keeps the total', () => {
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 999 }), shipping, (whole, part, rate) => {
      const first = Math.min(part, whole.quantity)
      const split = [
        { ...whole, quantity: first },
        { ...whole, quantity: whole.quantity - first },
      ]
      expect(calculateTotals(split, rate).total).toBe(calculateTotals([whole], rate).total)
    }),
  )
})
