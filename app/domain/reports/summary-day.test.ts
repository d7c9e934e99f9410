import { expect, test } from 'vitest'
import { summaryDue } from './summary-day.ts'

const due = (at: string, timeZone: string) => summaryDue(new Date(at), timeZone)

test('the summary of the day before is due in the morning of the store', () => {
  expect(due('2026-11-27T05:59:59Z', 'Europe/Berlin')).toBeNull()
  expect(due('2026-11-27T06:05:00Z', 'Europe/Berlin')).toBe('2026-11-26')
  expect(due('2026-11-27T10:59:59Z', 'Europe/Berlin')).toBe('2026-11-26')
  expect(due('2026-11-27T11:00:00Z', 'Europe/Berlin')).toBeNull()
  expect(due('2026-11-27T18:05:00Z', 'Pacific/Auckland')).toBe('2026-11-27')
  expect(due('2026-03-01T12:05:00Z', 'America/New_York')).toBe('2026-02-28')
})

test.each([
  ['2026-03-28', '2026-03-31'],
  ['2026-10-24', '2026-10-27'],
])('each day has one summary when the clock changes after %s, however often the job runs', (from, until) => {
  const days: string[] = []
  const end = new Date(`${until}T00:00:00Z`)
  for (let at = new Date(`${from}T00:05:00Z`); at < end; at = new Date(at.getTime() + 3_600_000)) {
    const day = summaryDue(at, 'Europe/Berlin')
    if (day) days.push(day)
  }
  expect(days).toHaveLength(15)
  expect(new Set(days).size).toBe(3)
})
