import { proportion, share } from '#app/domain/pricing/exact.ts'
import type { InvoiceContent } from '#db/schema/invoices.ts'
import {
  describeLine,
  describeShipping,
  type InvoiceAmounts,
  type InvoicedLine,
  type InvoicedOrder,
  shippingByRate,
  sumOf,
  sumRates,
} from './invoice-amounts.ts'

/** A refund; amounts of 0 or more, in minor units, with their tax. */
export type CreditedRefund = {
  amount: number
  shippingAmount: number
  shippingTax: number
  extraTax: [rate: number, tax: number][]
  lines: {
    title: string
    variantTitle: string
    sku: string
    taxRate: number
    quantity: number
    amount: number
    tax: number
  }[]
  /** Shipping that earlier refunds of the order paid back, and its tax. */
  before: { shippingAmount: number; shippingTax: number }
}

type Part = { description: string; sku: string; quantity: number; rate: number; amount: number; tax: number }

/** What the credit note of a refund says: its parts below 0, which add up to what is paid back. */
export function creditNoteAmounts(
  order: InvoicedOrder,
  orderLines: InvoicedLine[],
  rates: InvoiceContent['rates'],
  refund: CreditedRefund,
): InvoiceAmounts {
  const lines = refund.lines.map((line) => ({
    ...{ description: describeLine(line), sku: line.sku, quantity: line.quantity },
    ...{ rate: line.taxRate, amount: line.amount, tax: line.tax },
  }))
  const shipping = refundedShipping(order, orderLines, refund)
  const rest = refund.amount - sumOf([...lines, ...shipping].map(({ amount }) => amount))
  const parts: Part[] = [...lines, ...shipping, ...refundedExtra(rest, rates, refund.extraTax)]
  const credited = parts.map(({ description, sku, quantity, rate, amount, tax }) => ({
    ...{ description, sku, quantity, unitPrice: 0 - proportion(amount - tax, 1, quantity) },
    ...{ discount: 0, net: tax - amount, rate },
  }))
  const tax = 0 - sumOf(parts.map((part) => part.tax))
  return {
    lines: credited,
    rates: sumRates(
      credited,
      parts.map((part) => ({ rate: part.rate, tax: 0 - part.tax })),
    ),
    ...{ net: 0 - refund.amount - tax, tax, total: 0 - refund.amount },
  }
}

/**
 * The refunded shipping by rate. Shared as the difference of two sums, so that the parts of several refunds end exactly
 * at the shipping of the invoice.
 */
function refundedShipping(order: InvoicedOrder, orderLines: InvoicedLine[], refund: CreditedRefund): Part[] {
  if (refund.shippingAmount === 0) return []
  const { shippingAmount, shippingTax, before } = refund
  const parts = shippingByRate(order, orderLines)
  const amounts = growth(
    before.shippingAmount,
    shippingAmount,
    parts.map(({ net, tax }) => net + tax),
  )
  const taxes = growth(
    before.shippingTax,
    shippingTax,
    parts.map(({ tax }) => tax),
  )
  return parts
    .map(({ rate }, index) => ({
      ...{ description: describeShipping(order), sku: '', quantity: 1 },
      ...{ rate, amount: amounts[index]!, tax: taxes[index]! },
    }))
    .filter(({ amount, tax }) => amount !== 0 || tax !== 0)
}

function growth(before: number, amount: number, weights: number[]): number[] {
  const earlier = share(before, weights)
  return share(before + amount, weights).map((sum, index) => sum - earlier[index]!)
}

/** An amount without a line, by rate. A refund that names no tax, made at the provider, has that of the whole order. */
function refundedExtra(
  amount: number,
  rates: InvoiceContent['rates'],
  given: [rate: number, tax: number][],
): Part[] {
  if (amount === 0) return []
  const part = { description: 'Refund', sku: '', quantity: 1 }
  const isUntaxed = !rates.some(({ rate }) => rate > 0)
  if (isUntaxed) return [{ ...part, rate: 0, amount, tax: 0 }]
  const taxed = given.filter(([rate, tax]) => rate > 0 && tax > 0)
  if (taxed.length === 0) {
    const amounts = share(
      amount,
      rates.map(({ net, tax }) => net + tax),
    )
    return rates
      .map(({ rate }, index) => {
        const gross = amounts[index]!
        const tax = given.length > 0 ? 0 : proportion(gross, rate, 100_000 + rate)
        return { ...part, rate, amount: gross, tax }
      })
      .filter((one) => one.amount !== 0)
  }
  const gross = taxed.map(([rate, tax]) => proportion(tax, 100_000 + rate, rate))
  const untaxed = amount - sumOf(gross)
  const hasUntaxed = untaxed > 0 && rates.some(({ rate }) => rate === 0)
  const amounts = hasUntaxed ? gross : share(amount, gross)
  return [
    ...taxed.map(([rate, tax], index) => ({ ...part, rate, amount: amounts[index]!, tax })),
    ...(hasUntaxed ? [{ ...part, rate: 0, amount: untaxed, tax: 0 }] : []),
  ]
}
