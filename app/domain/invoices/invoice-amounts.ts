import { proportion, share } from '#app/domain/pricing/exact.ts'
import type { InvoiceContent } from '#db/schema/invoices.ts'
import type { PriceStep } from '#db/schema/orders.ts'

/** The amounts of an invoice or a credit note, in minor units. */
export type InvoiceAmounts = Pick<InvoiceContent, 'lines' | 'rates' | 'net' | 'tax' | 'total'>

export type InvoicedOrder = {
  shippingLabel: string
  shippingTotal: number
  shippingDiscount: number
  taxTotal: number
  taxAdded: number
  total: number
  priceBreakdown: PriceStep[]
}

export type InvoicedLine = {
  title: string
  variantTitle: string
  sku: string
  quantity: number
  unitPrice: number
  discountTotal: number
  lineTotal: number
  taxRate: number
  taxTotal: number
}

/**
 * What an order's invoice says: each line and shipping without tax, and the tax of each rate as the order has it. The
 * lines of a rate add up to its net, and net and tax to the order's total.
 */
export function invoiceAmounts(order: InvoicedOrder, lines: InvoicedLine[]): InvoiceAmounts {
  const { contained, ofShipping } = containedTax(order, lines)
  const goods = lines.map((line, index) => {
    const { tax, part, whole } = contained[index]!
    const net = line.lineTotal - tax
    const full = line.unitPrice * line.quantity
    // Without a discount the net stays what the tax leaves of it: rounding would show a discount of a cent.
    const discount = line.discountTotal === 0 ? 0 : Math.max(0, full - proportion(full, part, whole) - net)
    return {
      ...{ description: describeLine(line), sku: line.sku, quantity: line.quantity },
      unitPrice: proportion(net + discount, 1, line.quantity),
      ...{ discount, net, rate: line.taxRate },
    }
  })
  const shipping = shippingParts(order, lines, goods, ofShipping).map(({ rate, net }) => ({
    ...{ description: describeShipping(order), sku: '', quantity: 1 },
    ...{ unitPrice: net, discount: 0, net, rate },
  }))
  const all = [...goods, ...shipping]
  return {
    lines: all,
    rates: sumRates(all, taxSteps(order)),
    ...{ net: order.total - order.taxTotal, tax: order.taxTotal, total: order.total },
  }
}

/** Shipping by tax rate: what it costs without tax, and its tax. */
export function shippingByRate(order: InvoicedOrder, lines: InvoicedLine[]) {
  const { contained, ofShipping } = containedTax(order, lines)
  const goods = lines.map((line, index) => ({
    net: line.lineTotal - contained[index]!.tax,
    rate: line.taxRate,
  }))
  return shippingParts(order, lines, goods, ofShipping)
}

/** "Clay pot, Large" */
export function describeLine({ title, variantTitle }: { title: string; variantTitle: string }): string {
  return variantTitle ? `${title}, ${variantTitle}` : title
}

export const describeShipping = ({ shippingLabel }: { shippingLabel: string }) => `Shipping: ${shippingLabel}`

/** The rates of the lines, highest first, each with its tax; a rate of nothing is left out. */
export function sumRates(
  lines: { net: number; rate: number }[],
  taxes: { rate: number; tax: number }[],
): InvoiceContent['rates'] {
  return [...new Set([...lines, ...taxes].map(({ rate }) => rate))]
    .sort((a, b) => b - a)
    .map((rate) => ({
      rate,
      net: sumOf(lines.map((line) => (line.rate === rate ? line.net : 0))),
      tax: sumOf(taxes.map((one) => (one.rate === rate ? one.tax : 0))),
    }))
    .filter(({ net, tax }) => net !== 0 || tax !== 0)
}

/** The tax of each rate as the order's price breakdown has it. `net` is what it is charged on. */
function taxSteps({ priceBreakdown }: InvoicedOrder) {
  return priceBreakdown.flatMap(({ tax }) =>
    tax ? [{ rate: tax.rate, net: tax.base, tax: tax.amount }] : [],
  )
}

/**
 * The tax within each line's total, also as a fraction, and within shipping. The order knows only the sum of contained
 * tax that was taken off under reverse charge: it is shared by amount.
 */
function containedTax(order: InvoicedOrder, lines: InvoicedLine[]) {
  const paidShipping = order.shippingTotal - order.shippingDiscount
  if (order.taxAdded < 0) {
    const amounts = [...lines.map(({ lineTotal }) => lineTotal), paidShipping]
    const taxes = share(-order.taxAdded, amounts)
    const fraction = { part: -order.taxAdded, whole: sumOf(amounts) }
    return {
      contained: lines.map((_, index) => ({ tax: taxes[index]!, ...fraction })),
      ofShipping: taxes.at(-1)!,
    }
  }
  if (order.taxAdded > 0)
    return { contained: lines.map(() => ({ tax: 0, part: 0, whole: 1 })), ofShipping: 0 }
  return {
    contained: lines.map(({ taxTotal, taxRate }) => ({
      tax: taxTotal,
      part: taxRate,
      whole: 100_000 + taxRate,
    })),
    ofShipping: order.taxTotal - sumOf(lines.map(({ taxTotal }) => taxTotal)),
  }
}

/** What the lines leave of each rate's net and tax is shipping; what then remains of shipping is not taxed. */
function shippingParts(
  order: InvoicedOrder,
  lines: InvoicedLine[],
  goods: { net: number; rate: number }[],
  ofShipping: number,
) {
  const taxed = taxSteps(order).map(({ rate, net, tax }) => ({
    rate,
    net: net - sumOf(goods.map((line) => (line.rate === rate ? line.net : 0))),
    tax: tax - sumOf(lines.map((line) => (line.taxRate === rate ? line.taxTotal : 0))),
  }))
  const paid = order.shippingTotal - order.shippingDiscount - ofShipping
  const rest = { rate: 0, net: paid - sumOf(taxed.map(({ net }) => net)), tax: 0 }
  return [...taxed, rest].filter(({ net, tax }) => net !== 0 || tax !== 0)
}

export const sumOf = (amounts: number[]): number => amounts.reduce((sum, amount) => sum + amount, 0)
