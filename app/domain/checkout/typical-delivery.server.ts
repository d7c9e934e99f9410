import { getPricingRules } from '#app/domain/checkout/pricing-rules.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { defaultCountry, listCountries } from '#app/domain/shipping/countries.ts'
import { deliveryWindow, listShippingMethods, shippingCountriesOf } from '#app/domain/shipping/shipping.ts'

export type TypicalDelivery = {
  label: string
  /** In minor units; null when it depends on the order. */
  rate: number | null
  earliest: string | null
  latest: string | null
}

/**
 * How a product that is shipped reaches the default country: by the cheapest method with one price, else by the first.
 * The same for all visitors. Null before setup, or without a method.
 */
export async function typicalDelivery(now: Date): Promise<TypicalDelivery | null> {
  const [settings, { zones }] = await Promise.all([getSettings(), getPricingRules()])
  if (!settings) return null
  const { locale } = settings
  const country = defaultCountry(listCountries(shippingCountriesOf(settings, zones), locale), locale)
  const lines = [{ requiresShipping: true }]
  const methods = listShippingMethods({ settings, zones }, lines, { country, region: '' }) ?? []
  const shipped = methods.filter(({ isPickup }) => !isPickup)
  const flat = shipped.flatMap((method) =>
    method.price.by === 'flat' ? [{ method, rate: method.price.rate }] : [],
  )
  const [cheapest] = flat.sort((a, b) => a.rate - b.rate)
  const method = cheapest?.method ?? shipped[0]
  if (!method) return null
  const dates = deliveryWindow(method, settings, now)
  return {
    label: method.title,
    rate: cheapest?.rate ?? null,
    earliest: dates?.earliest ?? null,
    latest: dates?.latest ?? null,
  }
}
