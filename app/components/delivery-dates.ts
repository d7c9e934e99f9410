import { dateFormat } from '#app/domain/intl.ts'

/**
 * "Tue 3 – Thu 5 March", "Tuesday 3 March", or null when nothing is shipped. Dates are ISO days in the store's time
 * zone.
 */
export function deliveryDates(
  { earliest, latest }: { earliest: string | null; latest: string | null },
  locale: string,
): string | null {
  if (!earliest || !latest) return null
  const key = `${locale} ${earliest} ${latest}`
  if (cached?.key !== key) cached = { key, dates: formatDates(earliest, latest, locale) }
  return cached.dates
}

/** The latest result; a shop has one shipping option, so all carts of a day show the same dates. */
let cached: { key: string; dates: string } | undefined

function formatDates(earliest: string, latest: string, locale: string): string {
  const [from, to] = [new Date(`${earliest}T00:00:00Z`), new Date(`${latest}T00:00:00Z`)]
  const format = dateFormat(locale, {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'long',
  })
  return earliest === latest ? format.format(from) : format.formatRange(from, to)
}
