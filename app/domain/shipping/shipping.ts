/** Shipping options of an order. One flat rate for now; every rate goes through listDeliveryOptions. */
import { dateFormat } from '#app/domain/intl.ts'

export type ShippingSettings = {
  shippingLabel: string
  shippingRate: number
  shippingDaysMin: number
  shippingDaysMax: number
  timeZone: string
}

export type ShippingOption = {
  id: string
  label: string
  /** Minor units. */
  rate: number
  /** Expected delivery dates, as ISO dates in the shop's time zone; null when nothing is shipped. */
  earliest: string | null
  latest: string | null
}

/** The shipping options for these lines, cheapest first. Never empty. */
export function listShippingOptions(
  settings: ShippingSettings,
  lines: { requiresShipping: boolean }[],
  now: Date,
): ShippingOption[] {
  if (!lines.some((line) => line.requiresShipping))
    return [{ id: 'none', label: 'No shipping required', rate: 0, earliest: null, latest: null }]
  const today = dateFormat('en-CA', { timeZone: settings.timeZone }).format(now)
  return [
    {
      id: 'standard',
      label: settings.shippingLabel,
      rate: settings.shippingRate,
      earliest: addBusinessDays(today, settings.shippingDaysMin),
      latest: addBusinessDays(today, settings.shippingDaysMax),
    },
  ]
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
