import { dateFormat } from '#app/domain/intl.ts'

/** "Tue 3 – Thu 5 March", "Tuesday 3 March", or null when nothing is sent. Dates are ISO days of the shop's zone. */
export function deliveryDates(
  { earliest, latest }: { earliest: string | null; latest: string | null },
  locale: string,
): string | null {
  if (!earliest || !latest) return null
  const [from, to] = [new Date(`${earliest}T00:00:00Z`), new Date(`${latest}T00:00:00Z`)]
  const format = dateFormat(locale, {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'long',
  })
  return earliest === latest ? format.format(from) : format.formatRange(from, to)
}
