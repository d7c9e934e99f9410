import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { olgaOpensHerShop } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { type RunningShop, startShop } from '#tests/support/running-shop.ts'
import { createDoor, endLeftTills } from '#tests/support/till.ts'
import { type Answer, createVisitor, type Visitor } from '#tests/support/visitor.ts'

vi.setConfig({ testTimeout: 60_000 })

// One network address for each test: what one test tries does not count for another.
let addresses = 0
const anAddress = () => `203.0.113.${(addresses += 1)}`

const behindProxy = { TRUST_PROXY: '1', ROLE: 'web' }

afterAll(endLeftTills)
beforeAll(async () => {
  await olgaOpensHerShop()
})

async function whileOpen<T>(url: string, work: (shop: RunningShop) => Promise<T>): Promise<T> {
  const shop = await startShop({ databaseUrl: url }, behindProxy)
  try {
    return await work(shop)
  } finally {
    await shop.stop()
  }
}

const wrongPassword = (visitor: Visitor, path = '/login', email = 'olga@hill.example') =>
  visitor.post(path, { email, password: 'five words in a row' })

/** The statuses of so many tries, one after the other. */
async function tries(count: number, once: () => Promise<Answer>): Promise<number[]> {
  const statuses: number[] = []
  while (statuses.length < count) statuses.push((await once()).status)
  return statuses
}

function expectTooOften(answer: Answer) {
  expect(answer.status).toBe(429)
  const seconds = Number(answer.headers.get('retry-after'))
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(60 * 60)
  expect(answer.headers.get('cache-control')).toMatch(/no-store/)
}

test('tries that were counted before a restart count after it, and an account is not locked for others', async () => {
  const address = anAddress()
  const before = await whileOpen(databaseUrl, ({ origin }) =>
    tries(6, () => wrongPassword(createVisitor(origin, { address }))),
  )
  expect(before).toEqual([401, 401, 401, 401, 401, 429])

  await whileOpen(databaseUrl, async ({ origin }) => {
    expectTooOften(await wrongPassword(createVisitor(origin, { address })))
    expect((await wrongPassword(createVisitor(origin, { address: anAddress() }))).status).toBe(401)
  })
})

describe('too often is a page in words, with the time to wait', () => {
  let shop: RunningShop
  beforeAll(async () => {
    shop = await startShop({ databaseUrl }, behindProxy)
  })
  afterAll(() => shop.stop())

  const words = /a little too often|too many tries/i
  const limits: [string, number, () => (visitor: Visitor, data: string) => Promise<Answer>][] = [
    ['signing in to one account', 5, () => (visitor, data) => wrongPassword(visitor, `/login${data}`)],
    [
      'signing in to account after account',
      100,
      () => {
        let accounts = 0
        return (visitor, data) => wrongPassword(visitor, `/login${data}`, `a${(accounts += 1)}@hill.example`)
      },
    ],
    [
      'asking for a mail',
      3,
      () => (visitor, data) => visitor.post(`/forgot-password${data}`, { email: 'nina@example.com' }),
    ],
    ['claiming the shop', 10, () => (visitor, data) => visitor.post(`/setup${data}`, { code: 'guessed' })],
    ['checking out', 60, () => (visitor, data) => visitor.post(`/checkout${data}`, {})],
    ['searching', 60, () => (visitor, data) => visitor.get(`/search${data}?q=pot`)],
  ]

  test.each(limits)('%s, after %i tries', async (_, points, asks) => {
    const address = anAddress()
    const visitor = createVisitor(shop.origin, { address })
    const ask = asks()
    expect(await tries(points, () => ask(visitor, ''))).not.toContain(429)
    for (const data of ['', '.data']) {
      const answer = await ask(visitor, data)
      expectTooOften(answer)
      expect(answer.body).toMatch(words)
    }
    expect((await ask(createVisitor(shop.origin, { address: anAddress() }), '')).status).not.toBe(429)
  })
})

test('while Postgres is away tries are counted in memory; they are forgotten when it is back', async () => {
  const door = await createDoor(new URL(databaseUrl))
  await door.open()
  await whileOpen(door.url, async ({ origin }) => {
    const visitor = createVisitor(origin, { address: anAddress() })
    const guess = () => visitor.post('/setup', { code: 'guessed' })
    await door.shut()
    for (const status of await tries(10, guess)) expect([422, 503]).toContain(status)
    expectTooOften(await guess())

    await door.open()
    await vi.waitUntil(async () => (await fetch(`${origin}/readyz`)).ok, { timeout: 10_000, interval: 50 })
    expect((await guess()).status).toBeLessThan(429)
  })
  await door.shut()
})
