/** Where the shop ships, by which methods, and when an order arrives. */
import { dateFormat } from '#app/domain/intl.ts'
import { findZone, type ShippingMethod, type ShippingZone } from '#app/domain/pricing/shipping-rates.ts'

export type ShippingSettings = {
  shippingLabel: string
  shippingRate: number
  shippingDaysMin: number
  shippingDaysMax: number
  /** ISO 3166 codes; empty means everywhere. */
  shippingCountries: string[]
  timeZone: string
}

/** A country and the region in it, as in addresses. */
export type Destination = { country: string; region: string }

/** The method of an order in which nothing is shipped. */
const nothingToShip: ShippingMethod = {
  id: 'none',
  title: 'No shipping required',
  daysMin: 0,
  daysMax: 0,
  isPickup: false,
  price: { by: 'flat', rate: 0 },
  freeFrom: null,
}

/**
 * The methods for a destination: those of its zone; without zones, the one of the settings. Null: the shop does not
 * ship there. An order in which nothing is shipped has one method everywhere.
 */
export function listShippingMethods(
  of: { settings: ShippingSettings; zones: ShippingZone[] },
  lines: { requiresShipping: boolean }[],
  destination: Destination,
): ShippingMethod[] | null {
  const { settings, zones } = of
  if (!lines.some((line) => line.requiresShipping)) return [nothingToShip]
  if (zones.length > 0) return findZone(zones, destination)?.methods ?? null
  const { shippingCountries } = settings
  const isServed = shippingCountries.length === 0 || shippingCountries.includes(destination.country)
  return isServed ? [singleMethod(settings)] : null
}

/** The countries to choose from at checkout, as ISO 3166 codes; empty means all. */
export function shippingCountriesOf(settings: ShippingSettings, zones: ShippingZone[]): string[] {
  if (zones.length === 0) return settings.shippingCountries
  if (zones.some(({ places }) => places.length === 0)) return []
  return [...new Set(zones.flatMap(({ places }) => places.map(({ country }) => country)))]
}

/** When an order of today arrives, as ISO dates in the shop's time zone; null when nothing is shipped. */
export function deliveryWindow(
  method: Pick<ShippingMethod, 'id' | 'daysMin' | 'daysMax'>,
  { timeZone }: { timeZone: string },
  now: Date,
): { earliest: string; latest: string } | null {
  if (method.id === nothingToShip.id) return null
  const today = dateFormat('en-CA', { timeZone }).format(now)
  return { earliest: addBusinessDays(today, method.daysMin), latest: addBusinessDays(today, method.daysMax) }
}

function singleMethod(settings: ShippingSettings): ShippingMethod {
  return {
    id: 'standard',
    title: settings.shippingLabel,
    daysMin: settings.shippingDaysMin,
    daysMax: settings.shippingDaysMax,
    isPickup: false,
    price: { by: 'flat', rate: settings.shippingRate },
    freeFrom: null,
  }
}

/** The ISO date that is the given number of business days (Monday to Friday) after today; always a business day. */
function addBusinessDays(today: string, days: number): string {
  const date = new Date(`${today}T00:00:00Z`)
  let left = days
  while (left > 0 || isWeekend(date)) {
    date.setUTCDate(date.getUTCDate() + 1)
    if (!isWeekend(date)) left -= 1
  }
  return date.toISOString().slice(0, 10)
}

function isWeekend(date: Date): boolean {
  return date.getUTCDay() === 0 || date.getUTCDay() === 6
}
