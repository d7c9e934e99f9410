import { choosePromotions, type RefusedOffer } from './choose-promotions.ts'
import type { Offer, OfferLine } from './promotion.ts'
import { rateMethods, type ShippingMethod } from './shipping-rates.ts'
import { calculateTaxes, type TaxedLine, type TaxRules, type TaxTotal } from './tax.ts'

export type PricedLine = OfferLine & {
  title: string
  variantTitle: string
  requiresShipping: boolean
  /** Grams. */
  weight: number
  taxClass: string
}

export type PricingInput = {
  lines: PricedLine[]
  offers: Offer[]
  now: Date
  /** Of the address's zone, or the one method for a cart that needs no shipping. */
  methods: ShippingMethod[]
  /** The chosen method; null before one is chosen. */
  methodId: string | null
  tax: TaxRules & {
    place: { country: string; region: string }
    /** The buyer owes the tax: none is charged, and tax that prices contain is taken off. */
    isReverseCharge: boolean
  }
}

/** All amounts in minor units; lines in the order of their variants. */
export type OrderTotals = {
  lines: {
    variantId: number
    subtotal: number
    discount: number
    total: number
    /** Thousandths of a percent. */
    taxRate: number
    tax: number
  }[]
  subtotal: number
  promotions: {
    offer: Offer
    amount: number
    /** In the order of the lines; empty for a discount on shipping. */
    byLine: number[]
  }[]
  refused: RefusedOffer[]
  /** Off the lines; a discount on shipping is not part of it. */
  discountTotal: number
  methods: { method: ShippingMethod; rate: number }[]
  /** Null before a method is chosen, and when the chosen one is not offered. */
  method: ShippingMethod | null
  shippingTotal: number
  shippingDiscount: number
  shippingTax: number
  taxes: TaxTotal[]
  taxTotal: number
  /** What tax changes the total by: 0 when prices contain it, below 0 when contained tax is taken off. */
  taxAdded: number
  total: number
}

/**
 * Calculates the totals of a cart, an order or a quote from scratch each time: the promotions that take off most,
 * shipping of what is left, then taxes. Amounts up to 2^53 are exact, which 100 lines of 999 items at the maximum price
 * exceed: the caller refuses totals above `maxAmount`.
 */
export function calculateOrderTotals(input: PricingInput): OrderTotals {
  const lines = input.lines.toSorted((a, b) => a.variantId - b.variantId)
  const weight = sumOf(lines.map((line) => (line.requiresShipping ? line.weight * line.quantity : 0)))
  const ratesFor = (subtotal: number) => rateMethods(input.methods, { subtotal, weight })
  const chosenIn = (rated: ReturnType<typeof ratesFor>) =>
    rated.find(({ method }) => method.id === input.methodId)
  const { discounts, shippingDiscount, refused } = choosePromotions(
    input.offers,
    lines,
    input.now,
    (subtotal) => chosenIn(ratesFor(subtotal))?.rate ?? 0,
  )
  const reduced = lines.map((line, index) => {
    const subtotal = line.unitPrice * line.quantity
    const discount = sumOf(discounts.map(({ byLine }) => byLine[index]!))
    return { ...line, subtotal, discount, total: subtotal - discount }
  })
  const methods = ratesFor(sumOf(reduced.map(({ total }) => total)))
  const chosen = chosenIn(methods)
  const shippingTotal = chosen?.rate ?? 0
  const paidShipping = shippingTotal - (shippingDiscount?.amount ?? 0)
  const taxes = chargeTaxes(input.tax, reduced, paidShipping)
  const subtotal = sumOf(reduced.map((line) => line.subtotal))
  const discountTotal = sumOf(discounts.map(({ amount }) => amount))
  return {
    ...taxes,
    lines: reduced.map(({ variantId, subtotal, discount, total }, index) => ({
      ...{ variantId, subtotal, discount, total, ...taxes.lines[index]! },
    })),
    ...{ subtotal, refused, discountTotal, methods, method: chosen?.method ?? null, shippingTotal },
    promotions: shippingDiscount ? [...discounts, shippingDiscount] : discounts,
    shippingDiscount: shippingDiscount?.amount ?? 0,
    total: subtotal - discountTotal + paidShipping + taxes.taxAdded,
  }
}

/** The taxes, and what they mean for the total. */
function chargeTaxes(rules: PricingInput['tax'], lines: TaxedLine[], shipping: number) {
  const taxes = calculateTaxes(rules, rules.place, lines, shipping)
  if (!rules.isReverseCharge) return { ...taxes, taxAdded: rules.isIncluded ? 0 : taxes.taxTotal }
  return {
    lines: taxes.lines.map(() => ({ taxRate: 0, tax: 0 })),
    ...{ shippingTax: 0, taxes: [], taxTotal: 0 },
    taxAdded: rules.isIncluded ? -taxes.taxTotal : 0,
  }
}

function sumOf(amounts: number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
