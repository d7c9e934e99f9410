import fc from 'fast-check'
import { expect, test } from 'vitest'
import { share } from '#app/domain/pricing/exact.ts'
import { calculateTaxes } from '#app/domain/pricing/tax.ts'
import examples from '#app/domain/pricing/worked-examples.json' with { type: 'json' }
import {
  calculateRefund,
  leftToRefund,
  type RefundAmounts,
  type RefundedLine,
  type RefundedOrder,
  refundOfRest,
  type RefundRequest,
} from './refund-amounts.ts'

type Example = {
  refunds: { lines?: Record<string, number>; shipping?: number | 'rest' }[]
  expected: {
    lines: { name: string; quantity: number; total: number; tax: number }[]
    shipping: number
    shippingDiscount: number
    taxes: { rate: number; base: number; tax: number }[]
    taxAdded: number
    total: number
    refunds: { goods: number; shipping: number; tax: number; amount: number }[]
  }
}

const taxStep = ({ rate, base, tax }: { rate: number; base: number; tax: number }) => ({
  ...{ kind: 'tax' as const, label: '', amount: 0, tax: { rate, base, amount: tax } },
})

test.each(['29', '30'])('worked example %s', (id) => {
  const { expected, refunds } = examples.cases.find((one) => one.id === id) as unknown as Example
  const lines = expected.lines.map(({ quantity, total, tax }, index) => ({
    ...{ id: index, quantity, lineTotal: total, taxTotal: tax, taxRate: expected.taxes[0]!.rate },
  }))
  const order = {
    ...{ total: expected.total, shippingTotal: expected.shipping, taxAdded: expected.taxAdded },
    ...{ shippingDiscount: expected.shippingDiscount, priceBreakdown: expected.taxes.map(taxStep) },
  }
  const earlier: RefundRequest[] = []
  const results = refunds.map((one) => {
    const left = leftToRefund(order, lines, earlier)
    const request = {
      lines: Object.entries(one.lines ?? {}).map(([name, quantity]) => ({
        ...{ orderLineId: expected.lines.findIndex((line) => line.name === name), quantity },
      })),
      shipping: one.shipping === 'rest' ? left.shipping : (one.shipping ?? 0),
      extra: 0,
    }
    const { lines: parts, shippingAmount, tax, amount } = calculateRefund(order, lines, earlier, request)
    earlier.push(request)
    return { goods: parts.reduce((sum, part) => sum + part.amount, 0), shipping: shippingAmount, tax, amount }
  })
  expect(results).toEqual(expected.refunds)
})

const rates = [19_000, 7_000, 8_875, 0]

/** An order with the taxes that the store would calculate. */
const anyOrder = fc
  .record({
    isIncluded: fc.boolean(),
    isReverseCharge: fc.boolean(),
    taxesShipping: fc.constantFrom('none' as const, 'goods' as const),
    shipping: fc.nat(2_000),
    shippingDiscount: fc.nat(500),
    lines: fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 7 }),
        total: fc.nat(20_000),
        rate: fc.constantFrom(...rates),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ isIncluded, isReverseCharge, taxesShipping, shipping, ...input }) => {
    const shippingDiscount = Math.min(input.shippingDiscount, shipping)
    const taxes = calculateTaxes(
      {
        ...{ isIncluded, shipping: { kind: taxesShipping } },
        rates: rates.map((rate) => ({ country: 'DE', region: null, taxClass: String(rate), rate })),
      },
      { country: 'DE', region: '' },
      input.lines.map(({ quantity, total, rate }) => ({
        ...{ taxClass: String(rate), requiresShipping: true, quantity, subtotal: total, total },
      })),
      shipping - shippingDiscount,
    )
    const goods = input.lines.reduce((sum, { total }) => sum + total, 0)
    const taxAdded = isReverseCharge ? (isIncluded ? -taxes.taxTotal : 0) : isIncluded ? 0 : taxes.taxTotal
    const order: RefundedOrder = {
      ...{ shippingTotal: shipping, shippingDiscount, taxAdded },
      total: goods + shipping - shippingDiscount + taxAdded,
      priceBreakdown: isReverseCharge ? [] : taxes.taxes.map(taxStep),
    }
    const lines: RefundedLine[] = input.lines.map(({ quantity, total }, id) => ({
      ...{ id, quantity, lineTotal: total },
      taxRate: isReverseCharge ? 0 : taxes.lines[id]!.taxRate,
      taxTotal: isReverseCharge ? 0 : taxes.lines[id]!.tax,
    }))
    return { order, lines, taxTotal: isReverseCharge ? 0 : taxes.taxTotal }
  })

/** How much of what is left each refund takes, in percent. */
const anySteps = (extra: fc.Arbitrary<number>) =>
  fc.array(
    fc.record({
      lines: fc.array(fc.nat(100), { minLength: 5, maxLength: 5 }),
      shipping: fc.nat(100),
      extra,
    }),
    { maxLength: 6 },
  )

type Steps = { lines: number[]; shipping: number; extra: number }[]

/** The refunds of these steps, and one of all that is left then. */
function refundAll(order: RefundedOrder, lines: RefundedLine[], steps: Steps): RefundAmounts[] {
  const earlier: RefundRequest[] = []
  const results: RefundAmounts[] = []
  const give = (request: RefundRequest) => {
    results.push(calculateRefund(order, lines, earlier, request))
    earlier.push(request)
  }
  for (const step of steps) {
    const left = leftToRefund(order, lines, earlier)
    const percent = (amount: number, of: number) => Math.floor((amount * of) / 100)
    give({
      lines: left.lines
        .map(({ orderLineId, quantity }, index) => ({
          ...{ orderLineId, quantity: percent(quantity, step.lines[index]!) },
        }))
        .filter(({ quantity }) => quantity > 0),
      shipping: percent(left.shipping, step.shipping),
      extra: 0,
    })
    const { total } = leftToRefund(order, lines, earlier)
    give({ lines: [], shipping: 0, extra: percent(total, step.extra) })
  }
  const left = leftToRefund(order, lines, earlier)
  give(refundOfRest(left, left.total))
  expect(leftToRefund(order, lines, earlier).total).toBe(0)
  return results
}

const total = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0)

test('any sequence of refunds ends exactly at the total and its tax', () => {
  fc.assert(
    fc.property(anyOrder, anySteps(fc.nat(100)), ({ order, lines, taxTotal }, steps) => {
      const results = refundAll(order, lines, steps)
      expect(total(results.map(({ amount }) => amount))).toBe(order.total)
      expect(total(results.map(({ tax }) => tax))).toBe(taxTotal)
    }),
    { numRuns: 1_000 },
  )
})

test('no part is below zero or has more tax than its amount', () => {
  fc.assert(
    fc.property(anyOrder, anySteps(fc.nat(100)), ({ order, lines }, steps) => {
      for (const result of refundAll(order, lines, steps)) {
        const parts = [
          ...result.lines,
          { amount: result.shippingAmount, tax: result.shippingTax },
          { amount: result.extraAmount, tax: total(result.extraTax.map(([, tax]) => tax)) },
        ]
        for (const { amount, tax } of parts) {
          expect(tax).toBeGreaterThanOrEqual(0)
          expect(tax).toBeLessThanOrEqual(amount)
        }
      }
    }),
    { numRuns: 1_000 },
  )
})

test('without amounts without a line, the units of each line add up to the line and its tax', () => {
  fc.assert(
    fc.property(anyOrder, anySteps(fc.constant(0)), ({ order, lines }, steps) => {
      fc.pre(order.taxAdded >= 0)
      const parts = refundAll(order, lines, steps).flatMap((result) => result.lines)
      for (const line of lines) {
        const own = parts.filter(({ orderLineId }) => orderLineId === line.id)
        const added = order.taxAdded > 0 ? line.taxTotal : 0
        expect(total(own.map(({ amount }) => amount))).toBe(line.lineTotal + added)
        expect(total(own.map(({ tax }) => tax))).toBe(line.taxTotal)
      }
    }),
  )
})

test('tax that was taken off for reverse charge is no part of what a line costs', () => {
  const line = { id: 1, quantity: 1, lineTotal: 11_900, taxRate: 0, taxTotal: 0 }
  const order = {
    total: 10_325,
    shippingTotal: 490,
    shippingDiscount: 0,
    taxAdded: -2_065,
    priceBreakdown: [],
  }
  const left = leftToRefund(order, [line], [])
  expect(left).toEqual({ lines: [{ orderLineId: 1, quantity: 1 }], shipping: 408, total: 10_325 })
  expect(calculateRefund(order, [line], [], { lines: left.lines, shipping: 0, extra: 0 })).toMatchObject({
    amount: 9_917,
    tax: 0,
  })
})

test('after a goodwill amount a line is refunded with what is left of its price', () => {
  const line = { id: 1, quantity: 1, lineTotal: 11_900, taxRate: 19_000, taxTotal: 1_900 }
  const order = {
    ...{ total: 11_900, shippingTotal: 0, shippingDiscount: 0, taxAdded: 0 },
    priceBreakdown: [taxStep({ rate: 19_000, base: 10_000, tax: 1_900 })],
  }
  const goodwill = { lines: [], shipping: 0, extra: 1_190 }
  expect(calculateRefund(order, [line], [], goodwill)).toMatchObject({
    amount: 1_190,
    extraTax: [[19_000, 190]],
  })
  const all = { lines: [{ orderLineId: 1, quantity: 1 }], shipping: 0, extra: 0 }
  expect(calculateRefund(order, [line], [goodwill], all)).toMatchObject({ amount: 10_710, tax: 1_710 })
})

test('a goodwill amount is shared over the rates by what is left of each', () => {
  const lines = [
    { id: 1, quantity: 2, lineTotal: 11_900, taxRate: 19_000, taxTotal: 1_900 },
    { id: 2, quantity: 1, lineTotal: 10_700, taxRate: 7_000, taxTotal: 700 },
  ]
  const order = {
    ...{ total: 22_600, shippingTotal: 0, shippingDiscount: 0, taxAdded: 0 },
    priceBreakdown: [
      taxStep({ rate: 19_000, base: 10_000, tax: 1_900 }),
      taxStep({ rate: 7_000, base: 10_000, tax: 700 }),
    ],
  }
  const parts = share(2_260, [11_900, 10_700])
  expect(parts).toEqual([1_190, 1_070])
  expect(calculateRefund(order, lines, [], { lines: [], shipping: 0, extra: 2_260 }).extraTax).toEqual([
    [19_000, 190],
    [7_000, 70],
  ])
})

test('all that is left of an order that was paid in part is an amount without lines', () => {
  const left = { lines: [{ orderLineId: 1, quantity: 2 }], shipping: 490, total: 2_490 }
  expect(refundOfRest(left, 1_000)).toEqual({ lines: [], shipping: 0, extra: 1_000 })
  expect(refundOfRest(left, 2_600)).toEqual({ lines: left.lines, shipping: 490, extra: 110 })
})
