import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { countTry, forgiveTries, limitTries } from './rate-limit.ts'

async function tryTimes(times: number, ...who: string[]) {
  const verdicts = await Promise.all(Array.from({ length: times }, () => countTry('login', ...who)))
  return verdicts.filter(({ ok }) => ok).length
}

test('five tries pass, however many come at once, and the sixth is told how long to wait', async () => {
  expect(await tryTimes(20, '192.0.2.1', 'ann@example.com')).toBe(5)
  const verdict = await countTry('login', '192.0.2.1', 'ann@example.com')
  expect(verdict.ok === false && verdict.retryAfterSeconds).toBeGreaterThan(14 * 60)
})

test('somebody else failing on an account does not lock its owner out', async () => {
  await tryTimes(6, '192.0.2.2', 'ben@example.com')
  expect(await countTry('login', '192.0.2.3', 'ben@example.com')).toEqual({ ok: true })
})

test('a success forgives what came before', async () => {
  await tryTimes(5, '192.0.2.4', 'cem@example.com')
  await forgiveTries('login', '192.0.2.4', 'cem@example.com')
  expect(await tryTimes(6, '192.0.2.4', 'cem@example.com')).toBe(5)
})

test('addresses of one IPv6 network count as one', async () => {
  await tryTimes(5, '2001:db8:1:2::1')
  expect((await countTry('login', '2001:db8:1:2:ffff::9')).ok).toBe(false)
  expect((await countTry('login', '2001:db8:1:3::1')).ok).toBe(true)
})

test('a route answers 429 with Retry-After', async () => {
  await tryTimes(5, '192.0.2.5')
  const thrown = await limitTries('login', '192.0.2.5').catch((response: Response) => response)
  expect(thrown?.status).toBe(429)
  expect(Number(thrown?.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('what is stored tells nobody who it was', async () => {
  await countTry('login', '192.0.2.6', 'dee@example.com')
  const rows = await db.execute(sql`select key from rate_limits where key like '%192%' or key like '%dee%'`)
  expect(rows).toHaveLength(0)
})
