/** Hours of the store's time zone in which a summary is sent. */
const [fromHour, untilHour] = [7, 12]

/** The day whose summary is to be sent now, the one before today ("2026-11-26"); null at other hours. */
export function summaryDue(now: Date, timeZone: string): string | null {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' },
  }).formatToParts(now)
  const part = (type: string) => Number(parts.find((one) => one.type === type)!.value)
  const hour = part('hour')
  if (hour < fromHour || hour >= untilHour) return null
  return new Date(Date.UTC(part('year'), part('month') - 1, part('day') - 1)).toISOString().slice(0, 10)
}
