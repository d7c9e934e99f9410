import { expect, test } from 'vitest'
import { fromLocalInput, toLocalInput } from './zoned-time.ts'

test.each([
  ['2026-07-01T00:00', 'America/New_York', '2026-07-01T04:00:00.000Z'],
  ['2026-01-01T12:00', 'Asia/Kathmandu', '2026-01-01T06:15:00.000Z'],
  ['2026-10-25T03:30', 'Europe/Berlin', '2026-10-25T02:30:00.000Z'],
])('%s in %s is %s, and back', (typed, zone, instant) => {
  const read = fromLocalInput(typed, zone)
  expect(read?.toISOString()).toBe(instant)
  expect(toLocalInput(read!, zone)).toBe(typed)
})

test('an hour skipped by daylight saving time is read as the hour after it', () => {
  expect(toLocalInput(fromLocalInput('2026-03-29T02:30', 'Europe/Berlin')!, 'Europe/Berlin')).toBe(
    '2026-03-29T03:30',
  )
})

test.each(['', 'tomorrow', '2026-02-30T10:00', '2026-01-01'])('“%s” is not a date and time', (typed) => {
  expect(fromLocalInput(typed, 'UTC')).toBeNull()
})
