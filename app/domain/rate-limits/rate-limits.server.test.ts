import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { consumeRateLimit, resetRateLimit } from '#app/domain/rate-limits/rate-limits.server.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'

async function tryTimes(times: number, ...who: string[]) {
  const verdicts = await Promise.all(Array.from({ length: times }, () => consumeRateLimit('login', ...who)))
  return verdicts.filter(({ ok }) => ok).length
}

test('consumeRateLimit allows five concurrent attempts and returns a wait for the sixth', async () => {
  expect(await tryTimes(20, '192.0.2.1', 'ann@example.com')).toBe(5)
  const verdict = await consumeRateLimit('login', '192.0.2.1', 'ann@example.com')
  expect(verdict.ok === false && verdict.retryAfterSeconds).toBeGreaterThan(14 * 60)
})

test('consumeRateLimit counts each address of an account separately', async () => {
  await tryTimes(6, '192.0.2.2', 'ben@example.com')
  expect(await consumeRateLimit('login', '192.0.2.3', 'ben@example.com')).toEqual({ ok: true })
})

test('resetRateLimit allows new attempts', async () => {
  await tryTimes(5, '192.0.2.4', 'cem@example.com')
  await resetRateLimit('login', '192.0.2.4', 'cem@example.com')
  expect(await tryTimes(6, '192.0.2.4', 'cem@example.com')).toBe(5)
})

test('consumeRateLimit counts an IPv6 network as one address', async () => {
  await tryTimes(5, '2001:db8:1:2::1')
  expect((await consumeRateLimit('login', '2001:db8:1:2:ffff::9')).ok).toBe(false)
  expect((await consumeRateLimit('login', '2001:db8:1:3::1')).ok).toBe(true)
})

test('enforceRateLimit throws 429 with Retry-After', async () => {
  await tryTimes(5, '192.0.2.5')
  const thrown = await enforceRateLimit('login', '192.0.2.5').catch((response: Response) => response)
  expect(thrown?.status).toBe(429)
  expect(Number(thrown?.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('consumeRateLimit stores digests instead of addresses', async () => {
  await consumeRateLimit('login', '192.0.2.6', 'dee@example.com')
  const rows = await db.execute(sql`select key from rate_limits where key like '%192%' or key like '%dee%'`)
  expect(rows).toHaveLength(0)
})
