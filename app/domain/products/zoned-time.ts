/** Times as <input type="datetime-local"> writes them ("2026-11-23T09:30"), in the shop's time zone. */
import { dateFormat } from '#app/domain/intl.ts'

/** An instant in the shop's local time. */
export function toLocalInput(instant: Date, timeZone: string): string {
  const parts = Object.fromEntries(
    dateFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  )
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`
}

/**
 * The instant of a local time in the shop's time zone; null for anything that is not a date and time. An hour that
 * daylight saving time skips is read as the hour after it.
 */
export function fromLocalInput(typed: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(typed)) return null
  const asUtc = new Date(`${typed.slice(0, 16)}:00Z`)
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 16) !== typed.slice(0, 16)) return null
  const first = new Date(asUtc.getTime() - offsetMs(asUtc, timeZone))
  // The guess may lie on the other side of a DST change; its own offset is the right one.
  return new Date(asUtc.getTime() - offsetMs(first, timeZone))
}

/** The time zone's offset from UTC at that instant. */
function offsetMs(instant: Date, timeZone: string): number {
  const shown = new Date(`${toLocalInput(instant, timeZone)}:00Z`).getTime()
  return shown - Math.floor(instant.getTime() / 60_000) * 60_000
}
