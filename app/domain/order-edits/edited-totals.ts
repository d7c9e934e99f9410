import { calculateOrderTotals, type OrderTotals } from '#app/domain/pricing/order-totals.ts'
import type { Offer, Promotion } from '#app/domain/pricing/promotion.ts'
import type { ShippingMethod } from '#app/domain/pricing/shipping-rates.ts'
import type { TaxRules } from '#app/domain/pricing/tax.ts'
import { nameTotals, type Totals } from '#app/domain/pricing/totals.ts'
import type { PricingTerms } from '#db/schema/orders.ts'

export type EditedLine = {
  variantId: number
  productId: number
  /** Collections of the order's promotions that the product is in. */
  collectionIds: number[]
  title: string
  variantTitle: string
  quantity: number
  /** Minor units, without tax where tax is added. */
  unitPrice: number
  requiresShipping: boolean
  /** Thousandths of a percent. */
  taxRate: number
}

export type EditedOrder = {
  /** In the order in which they are shown. */
  lines: EditedLine[]
  terms: PricingTerms
  shipping: { title: string; amount: number; isPickup: boolean }
  isReverseCharge: boolean
}

/**
 * The totals of an edited order: the calculation of a new one, with the rates, the shipping price and the promotions of
 * the order. Minimums of promotions are checked again; dates and limits are not.
 */
export function calculateEditedTotals(order: EditedOrder): OrderTotals & { named: Totals } {
  const { lines, terms, isReverseCharge } = order
  const totals = calculateOrderTotals({
    lines: lines.map((line) => ({ ...line, weight: 0, taxClass: classOf(line.taxRate) })),
    offers: terms.offers.map(toOffer),
    now: new Date(0),
    methods: [methodOf(order.shipping)],
    methodId: ownMethod,
    tax: { ...taxRulesOf(order), place: anywhere, isReverseCharge },
  })
  const tax = { label: terms.taxLabel, isIncluded: terms.isIncluded, isReverseCharge }
  return { ...totals, named: nameTotals(totals, lines, tax) }
}

const ownMethod = 'own'
/** The rates of the lines do not depend on a place any more. */
const anywhere = { country: '', region: '' }

/** A tax class for each rate. */
const classOf = (rate: number) => String(rate)

function taxRulesOf({ lines, terms }: EditedOrder): TaxRules {
  const { isIncluded, shippingTax } = terms
  const rates = lines.map(({ taxRate }) => taxRate)
  if (shippingTax.kind === 'class') rates.push(shippingTax.rate)
  return {
    isIncluded,
    rates: rates.map((rate) => ({ country: '', region: null, taxClass: classOf(rate), rate })),
    shipping:
      shippingTax.kind === 'class'
        ? { kind: 'class', taxClass: classOf(shippingTax.rate) }
        : { kind: shippingTax.kind },
  }
}

function methodOf({ title, amount, isPickup }: EditedOrder['shipping']): ShippingMethod {
  const price = { by: 'flat' as const, rate: amount }
  return { id: ownMethod, title, daysMin: 0, daysMax: 0, isPickup, price, freeFrom: null }
}

function toOffer({ code, promotion }: PricingTerms['offers'][number]): Offer {
  const unlimited = {
    ...{ startsAt: new Date(0), endsAt: null, limit: null, limitPerCustomer: null, isFirstOrderOnly: false },
  }
  return {
    code,
    promotion: { ...(promotion as Promotion), ...unlimited },
    ...{ uses: 0, usesByCustomer: 0, isCodeUsed: false, hasOrdered: false },
  }
}
