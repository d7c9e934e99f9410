import { getCart } from '#app/domain/cart/get-cart.server.ts'
import { detailsOf, getDraftByToken, ownerOf } from '#app/domain/drafts/drafts.server.ts'
import { quoteDraft } from '#app/domain/drafts/quote-draft.server.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { addressForm, formValues } from '#app/domain/shipping/address-form.server.ts'
import { countryLines, defaultCountry, listCountries } from '#app/domain/shipping/countries.ts'
import { describeQuote } from '#app/http/forms/quote-checkout.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

type Draft = Awaited<ReturnType<typeof requireDraft>>

/** The draft order of a link; throws a 404 Response for an unknown link and a 410 Response for a deleted draft. */
export async function requireDraft(token: string) {
  const draft = orNotFound(await getDraftByToken(token))
  if (draft.state === 'deleted') throw gone()
  return draft
}

function gone(): Response {
  return new Response('Gone', { status: 410 })
}

/** The totals for what is typed; null when the draft has no items, or has become an order. */
export async function quoteOf(
  draft: Draft,
  settings: Settings,
  typed: { country?: string; region?: string; email?: string; vatNumber?: string } = {},
) {
  const owner = ownerOf(draft)
  const form = { ...detailsOf(draft), ...typed, shippingMethod: draft.shippingMethod }
  const quote = await quoteDraft(await getCart(owner), { owner, settings, now: new Date(), form })
  return quote && describeQuote(quote, settings)
}

/** What the page shows of an open draft. */
export async function toPage(draft: Draft, settings: Settings) {
  const [details, quote] = [detailsOf(draft), await quoteOf(draft, settings)]
  // Its products were deleted.
  if (!quote) throw gone()
  const countries = listCountries(quote.countries, settings.locale)
  const isServed = countries.some(({ code }) => code === details.country)
  const country = isServed ? details.country : defaultCountry(countries, settings.locale)
  const { email, name, phone } = details
  return {
    action: urls.draft(draft.token),
    isDraft: true,
    message: draft.message,
    shippingMethod: draft.shippingMethod,
    quote,
    countries: countryLines(countries),
    known: { profile: { email, name, phone }, addresses: [], address: null, keepsAddress: false },
    consent: null,
    initial: { ...formValues({ ...details, country }) },
    addressForm: addressForm(country),
  }
}
