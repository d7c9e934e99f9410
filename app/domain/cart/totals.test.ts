import fc from 'fast-check'
import { expect, test } from 'vitest'
import { totalsOf } from './totals.ts'

const line = fc.record({
  title: fc.string(),
  variantTitle: fc.string(),
  quantity: fc.integer({ min: 1, max: 999 }),
  unitPrice: fc.integer({ min: 0, max: 10_000_000 }),
})
const lines = fc.array(line, { minLength: 1, maxLength: 100 })
const delivery = fc.record({ label: fc.string(), rate: fc.integer({ min: 0, max: 100_000 }) })

test('the steps add up to the total, as exact arithmetic says', () => {
  fc.assert(
    fc.property(lines, delivery, (cart, rate) => {
      const totals = totalsOf(cart, rate)
      const exact = cart.reduce(
        (sum, { quantity, unitPrice }) => sum + BigInt(quantity) * BigInt(unitPrice),
        0n,
      )
      expect(BigInt(totals.subtotal)).toBe(exact)
      expect(totals.total).toBe(totals.steps.reduce((sum, step) => sum + step.amount, 0))
      expect(totals.total).toBe(
        totals.subtotal - totals.discountTotal + totals.shippingTotal + totals.taxTotal,
      )
    }),
  )
})

test('the order of lines does not matter, and another line never makes it cheaper', () => {
  fc.assert(
    fc.property(lines, line, delivery, (cart, more, rate) => {
      const { total } = totalsOf(cart, rate)
      expect(totalsOf(cart.toReversed(), rate).total).toBe(total)
      expect(totalsOf([...cart, more], rate).total).toBeGreaterThanOrEqual(total)
    }),
  )
})

test('splitting a line keeps the total', () => {
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 999 }), delivery, (whole, part, rate) => {
      const first = Math.min(part, whole.quantity)
      const split = [
        { ...whole, quantity: first },
        { ...whole, quantity: whole.quantity - first },
      ]
      expect(totalsOf(split, rate).total).toBe(totalsOf([whole], rate).total)
    }),
  )
})
