import { taxRateOf, standardTaxClass } from '#app/domain/pricing/tax.ts'
import type { PricingTerms } from '#db/schema/orders.ts'
import type { PricedLines, Pricing } from './price-lines.ts'

/** The rules that an order was priced by, for later edits. */
export function toPricingTerms({ settings, rates, lines }: Pricing, priced: PricedLines): PricingTerms {
  const { place } = priced
  const { shippingTax, shippingTaxClassId } = settings
  return {
    isIncluded: settings.pricesIncludeTax,
    taxLabel: settings.taxLabel,
    shippingTax:
      shippingTax === 'class'
        ? { kind: 'class', rate: taxRateOf(rates, place, String(shippingTaxClassId ?? standardTaxClass)) }
        : { kind: shippingTax },
    rates: priced.isReverseCharge
      ? lines.map(({ variantId, taxClass }) => [variantId, taxRateOf(rates, place, taxClass)])
      : [],
    offers: priced.promotions.map(({ offer: { code, promotion } }) => ({ code, promotion })),
  }
}
