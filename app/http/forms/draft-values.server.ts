import type { DraftValues } from '#app/components/admin/draft-values.ts'
import type { Cart } from '#app/domain/cart/cart.ts'
import { getPricingRules } from '#app/domain/checkout/pricing-rules.server.ts'
import { detailsOf, type StoredDraft } from '#app/domain/drafts/drafts.server.ts'
import type { DraftQuote } from '#app/domain/drafts/quote-draft.server.ts'
import { findVariants } from '#app/domain/products/find-variants.server.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { addressForm, formValues } from '#app/domain/shipping/address-form.server.ts'
import { countryLines, defaultCountry, listCountries } from '#app/domain/shipping/countries.ts'
import { shippingCountriesOf } from '#app/domain/shipping/shipping.ts'
import { describeDraft } from './draft-action.server.ts'

/** The countries of a draft order's address, and the fields of the chosen or the default one. */
export async function draftAddress(chosen: string, settings: Settings) {
  const { zones } = await getPricingRules()
  const countries = listCountries(shippingCountriesOf(settings, zones), settings.locale)
  const isServed = countries.some(({ code }) => code === chosen)
  const country = isServed ? chosen : defaultCountry(countries, settings.locale)
  return { country, countries: countryLines(countries), addressForm: addressForm(country) }
}

/** What the form of a stored draft order shows. */
export async function draftValues(
  draft: StoredDraft,
  settings: Settings,
  { cart, quote }: { cart: Cart | null; quote: DraftQuote | null },
): Promise<DraftValues> {
  const lines = cart?.lines ?? []
  const { country, ...address } = await draftAddress(draft.shipCountry, settings)
  const rows = await findVariants(
    '',
    lines.map(({ variantId }) => variantId),
  )
  return {
    version: draft.version,
    // In the order in which they were added.
    rows: lines.flatMap((line) => rows.find(({ variantId }) => variantId === line.variantId) ?? []),
    typed: lines.map(({ variantId, quantity }) => ({ variantId, quantity: String(quantity) })),
    quote: quote && describeDraft(quote),
    values: {
      ...formValues({ ...detailsOf(draft), country }),
      codes: cart?.codes.join(' ') ?? '',
      shippingMethod: draft.shippingMethod,
      message: draft.message,
      internalNote: draft.internalNote,
    },
    ...address,
  }
}
