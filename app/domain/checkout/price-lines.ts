import { calculateOrderTotals, type OrderTotals, type PricedLine } from '#app/domain/pricing/order-totals.ts'
import type { Offer } from '#app/domain/pricing/promotion.ts'
import type { ShippingMethod } from '#app/domain/pricing/shipping-rates.ts'
import { isReverseCharge, standardTaxClass, type TaxRate } from '#app/domain/pricing/tax.ts'
import { nameTotals, type Totals } from '#app/domain/pricing/totals.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import type { Destination } from '#app/domain/shipping/shipping.ts'

type TaxSettings = Pick<
  Settings,
  | 'storeCountry'
  | 'storeRegion'
  | 'pricesIncludeTax'
  | 'taxLabel'
  | 'shippingTax'
  | 'shippingTaxClassId'
  | 'allowsReverseCharge'
>

export type Pricing = {
  /** In the order in which they are shown. */
  lines: PricedLine[]
  offers: Offer[]
  methods: ShippingMethod[]
  rates: TaxRate[]
  settings: TaxSettings
  destination: Destination
  vatNumber: string
  now: Date
}

export type PricedLines = OrderTotals & {
  named: Totals
  isReverseCharge: boolean
  /** Where the order is taxed. */
  place: Destination
}

/** The totals of these lines with one of the methods; `methodId` null: before one is chosen. */
export function priceLines(pricing: Pricing, methodId: string | null): PricedLines {
  const { lines, offers, methods, rates, settings, destination, vatNumber, now } = pricing
  const store = { country: settings.storeCountry, region: settings.storeRegion }
  const isPickup = methods.some(({ id, isPickup }) => id === methodId && isPickup)
  // What is collected at the store is sold there.
  const place = isPickup && store.country ? store : destination
  const isReversed =
    settings.allowsReverseCharge && isReverseCharge({ from: store.country, to: place.country, vatNumber })
  const { pricesIncludeTax: isIncluded } = settings
  const totals = calculateOrderTotals({
    ...{ lines, offers, now, methods, methodId },
    tax: { isIncluded, rates, shipping: shippingTaxOf(settings), place, isReverseCharge: isReversed },
  })
  const tax = { label: settings.taxLabel, isIncluded, isReverseCharge: isReversed }
  return { ...totals, named: nameTotals(totals, lines, tax), isReverseCharge: isReversed, place }
}

function shippingTaxOf({ shippingTax, shippingTaxClassId }: TaxSettings) {
  if (shippingTax !== 'class') return { kind: shippingTax }
  const taxClass = shippingTaxClassId === null ? standardTaxClass : String(shippingTaxClassId)
  return { kind: shippingTax, taxClass }
}
