import fc from 'fast-check'
import { expect, test } from 'vitest'
import { proportion } from '#app/domain/pricing/exact.ts'
import { calculateOrderTotals, type PricingInput } from '#app/domain/pricing/order-totals.ts'
import { nameTotals } from '#app/domain/pricing/totals.ts'
import type { InvoiceContent } from '#db/schema/invoices.ts'
import { randomCart } from '#tests/support/random-carts.ts'
import { creditNoteAmounts, type CreditedRefund } from './credit-note-amounts.ts'
import { invoiceAmounts, type InvoiceAmounts } from './invoice-amounts.ts'

/** The order and its lines as `placeOrder` stores them. */
function toOrder(input: PricingInput) {
  const totals = calculateOrderTotals(input)
  const sold = input.lines.toSorted((a, b) => a.variantId - b.variantId)
  const lines = totals.lines.map((line, index) => ({
    ...{ title: `T${index}`, variantTitle: '', sku: `S${index}` },
    ...{ quantity: sold[index]!.quantity, unitPrice: sold[index]!.unitPrice },
    ...{ discountTotal: line.discount, lineTotal: line.total, taxRate: line.taxRate, taxTotal: line.tax },
  }))
  const { isIncluded, isReverseCharge } = input.tax
  const named = nameTotals(totals, lines, { label: 'VAT', isIncluded, isReverseCharge })
  return { order: { ...named, shippingLabel: 'Post' }, lines, totals }
}

const sumOf = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0)

function expectToAddUp(amounts: InvoiceAmounts) {
  expect(sumOf(amounts.lines.map(({ net }) => net))).toBe(amounts.net)
  expect(sumOf(amounts.rates.map(({ net }) => net))).toBe(amounts.net)
  expect(sumOf(amounts.rates.map(({ tax }) => tax))).toBe(amounts.tax)
  expect(amounts.net + amounts.tax).toBe(amounts.total)
  for (const { rate, net } of amounts.rates)
    expect(sumOf(amounts.lines.filter((line) => line.rate === rate).map((line) => line.net))).toBe(net)
}

test('an invoice adds up to the order, for each rate and in total, and says the taxes of the order', () => {
  fc.assert(
    fc.property(randomCart, (input) => {
      const { order, lines, totals } = toOrder(input)
      const invoice = invoiceAmounts(order, lines)
      expectToAddUp(invoice)
      expect([invoice.total, invoice.tax]).toEqual([order.total, order.taxTotal])
      expect(invoice.rates.filter(({ rate, tax }) => rate > 0 && tax > 0)).toEqual(
        totals.taxes.filter(({ tax }) => tax > 0).map(({ rate, base, tax }) => ({ rate, net: base, tax })),
      )
      for (const line of invoice.lines) {
        expect([line.net >= 0, line.discount >= 0, line.unitPrice >= 0]).toEqual([true, true, true])
        // The unit price is rounded once, so the quantity multiplies half a cent at most.
        const exact = line.net + line.discount
        expect(Math.abs(line.unitPrice * line.quantity - exact) * 2).toBeLessThanOrEqual(line.quantity)
      }
    }),
    { numRuns: 3_000 },
  )
})

test('a line without a discount shows none', () => {
  fc.assert(
    fc.property(randomCart, (input) => {
      const { order, lines } = toOrder({ ...input, offers: [] })
      expect(invoiceAmounts(order, lines).lines.every(({ discount }) => discount === 0)).toBe(true)
    }),
  )
})

/** Refunds of the whole order in pieces: units of each line and shipping, by the rule that any sequence ends exactly. */
function refundsOf(
  { order, lines }: ReturnType<typeof toOrder>,
  isAdded: boolean,
  cuts: number[],
): CreditedRefund[] {
  const paidShipping = order.shippingTotal - order.shippingDiscount
  const shippingTax = order.taxTotal - sumOf(lines.map(({ taxTotal }) => taxTotal))
  const shipping = paidShipping + (isAdded ? shippingTax : 0)
  const refunds: CreditedRefund[] = []
  for (const line of lines) {
    const worth = (units: number) => ({
      amount: proportion(line.lineTotal + (isAdded ? line.taxTotal : 0), units, line.quantity),
      tax: proportion(line.taxTotal, units, line.quantity),
    })
    for (let unit = 1; unit <= line.quantity; unit++) {
      const amount = worth(unit).amount - worth(unit - 1).amount
      const tax = worth(unit).tax - worth(unit - 1).tax
      refunds.push({
        ...{ amount, shippingAmount: 0, shippingTax: 0, extraTax: [] },
        lines: [{ ...line, quantity: 1, amount, tax }],
        before: { shippingAmount: 0, shippingTax: 0 },
      })
    }
  }
  const ends = [...cuts.map((cut) => Math.floor((shipping * cut) / 100)).sort((a, b) => a - b), shipping]
  ends.forEach((end, index) => {
    const start = index === 0 ? 0 : ends[index - 1]!
    if (end === start) return
    const taxUntil = (amount: number) => proportion(shippingTax, amount, shipping)
    refunds.push({
      ...{ amount: end - start, shippingAmount: end - start, shippingTax: taxUntil(end) - taxUntil(start) },
      ...{ extraTax: [], lines: [], before: { shippingAmount: start, shippingTax: taxUntil(start) } },
    })
  })
  return refunds
}

test('the credit notes of an order that is refunded in pieces add up to its invoice, for each rate', () => {
  const withoutReverseCharge = randomCart.map((input) => ({
    ...input,
    tax: { ...input.tax, isReverseCharge: false },
  }))
  const cuts = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 3 })
  fc.assert(
    fc.property(withoutReverseCharge, cuts, (input, cuts) => {
      const sold = toOrder(input)
      const invoice = invoiceAmounts(sold.order, sold.lines)
      const notes = refundsOf(sold, !input.tax.isIncluded, cuts).map((refund) => {
        const note = creditNoteAmounts(sold.order, sold.lines, invoice.rates, refund)
        expectToAddUp(note)
        expect(note.total).toBe(0 - refund.amount)
        return note
      })
      const left = (amount: (one: InvoiceContent['rates'][number]) => number, rate: number) =>
        sumOf(
          [invoice, ...notes].flatMap(({ rates }) => rates.filter((one) => one.rate === rate).map(amount)),
        )
      for (const { rate } of invoice.rates)
        expect([rate, left(({ net }) => net, rate), left(({ tax }) => tax, rate)]).toEqual([rate, 0, 0])
    }),
    { numRuns: 1_000 },
  )
})

test('an amount without a line has the taxes that the refund names, or else the shares of the order', () => {
  const order = {
    ...{ shippingLabel: 'Post', shippingTotal: 0, shippingDiscount: 0, taxTotal: 0, taxAdded: 0, total: 0 },
    priceBreakdown: [],
  }
  const rates = [
    { rate: 19_000, net: 10_000, tax: 1_900 },
    { rate: 7_000, net: 10_000, tax: 700 },
  ]
  const refund = {
    ...{ amount: 1_130, shippingAmount: 0, shippingTax: 0, lines: [] },
    before: { shippingAmount: 0, shippingTax: 0 },
  }
  const named = creditNoteAmounts(order, [], rates, {
    ...refund,
    extraTax: [
      [19_000, 95],
      [7_000, 35],
    ],
  })
  expect(named).toMatchObject({ total: -1_130, tax: -130, net: -1_000 })
  expect(named.rates).toEqual([
    { rate: 19_000, net: -500, tax: -95 },
    { rate: 7_000, net: -500, tax: -35 },
  ])
  const external = creditNoteAmounts(order, [], rates, { ...refund, extraTax: [] })
  expect(external.rates).toEqual([
    { rate: 19_000, net: -500, tax: -95 },
    { rate: 7_000, net: -500, tax: -35 },
  ])
})
