import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createShop } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { type RunningShop, startShop } from '#tests/support/running-shop.ts'
import { createTcpProxy, stopLeftoverTills } from '#tests/support/till.ts'
import { type Answer, createVisitor, type Visitor } from '#tests/support/visitor.ts'

vi.setConfig({ testTimeout: 60_000 })

// One network address per test: attempts of one test do not count for another.
let addresses = 0
const createAddress = () => `203.0.113.${(addresses += 1)}`

const behindProxy = { TRUST_PROXY: '1', ROLE: 'web' }

afterAll(stopLeftoverTills)
beforeAll(async () => {
  await createShop()
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

/** The statuses of this many attempts, one after the other. */
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

test('attempts counted before a restart count after it, and an account is not locked for others', async () => {
  const address = createAddress()
  const before = await whileOpen(databaseUrl, ({ origin }) =>
    tries(6, () => wrongPassword(createVisitor(origin, { address }))),
  )
  expect(before).toEqual([401, 401, 401, 401, 401, 429])

  await whileOpen(databaseUrl, async ({ origin }) => {
    expectTooOften(await wrongPassword(createVisitor(origin, { address })))
    expect((await wrongPassword(createVisitor(origin, { address: createAddress() }))).status).toBe(401)
  })
})

describe('a rate-limited request gets a page with the time to wait', () => {
  let shop: RunningShop
  beforeAll(async () => {
    shop = await startShop({ databaseUrl }, behindProxy)
  })
  afterAll(() => shop.stop())

  const text = /too many requests|too many attempts/i
  const limits: [string, number, () => (visitor: Visitor, data: string) => Promise<Answer>][] = [
    ['signing in to one account', 5, () => (visitor, data) => wrongPassword(visitor, `/login${data}`)],
    [
      'signing in to many accounts',
      100,
      () => {
        let accounts = 0
        return (visitor, data) => wrongPassword(visitor, `/login${data}`, `a${(accounts += 1)}@hill.example`)
      },
    ],
    [
      'requesting an email',
      3,
      () => (visitor, data) => visitor.post(`/forgot-password${data}`, { email: 'nina@example.com' }),
    ],
    ['claiming the shop', 10, () => (visitor, data) => visitor.post(`/setup${data}`, { code: 'guessed' })],
    ['checking out', 60, () => (visitor, data) => visitor.post(`/checkout${data}`, {})],
    ['searching', 60, () => (visitor, data) => visitor.get(`/search${data}?q=pot`)],
  ]

  test.each(limits)('%s, after %i attempts', async (_, points, asks) => {
    const address = createAddress()
    const visitor = createVisitor(shop.origin, { address })
    const ask = asks()
    expect(await tries(points, () => ask(visitor, ''))).not.toContain(429)
    for (const data of ['', '.data']) {
      const answer = await ask(visitor, data)
      expectTooOften(answer)
      expect(answer.body).toMatch(text)
    }
    expect((await ask(createVisitor(shop.origin, { address: createAddress() }), '')).status).not.toBe(429)
  })
})

describe('every spelling of a URL is rate-limited', () => {
  let shop: RunningShop
  beforeAll(async () => {
    shop = await startShop({ databaseUrl }, behindProxy)
  })
  afterAll(() => shop.stop())

  type Ask = (visitor: Visitor, path: string) => Promise<Answer>
  const post =
    (fields: Record<string, string> = {}): Ask =>
    (visitor, path) =>
      visitor.post(path, fields)
  const get: Ask = (visitor, path) => visitor.get(path)

  /** Spellings that Remix treats alike. */
  const spellings = (path: string) => [
    path,
    `${path}.data`,
    path.toUpperCase().replace(/X{9,}/, (token) => token.toLowerCase()),
    `${path}/`,
    `${path}//`,
    `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`,
    `/./x/%2e%2e${path}`,
    `${path}.data/`,
    `${path}/.data`,
    `${path.slice(0, 2).toUpperCase()}${path.slice(2)}%2Edata`,
    `${path}?index`,
    `${path}.data?_routes=root`,
  ]

  const token = 'x'.repeat(43)
  const table: [path: string, points: number, ask: Ask][] = [
    ['/login', 100, post()],
    ['/login/two-factor', 100, post()],
    ['/setup', 10, post({ code: 'guessed' })],
    ['/checkout', 60, post()],
    ['/search', 60, get],
    ['/search/suggestions', 240, get],
    [`/reset-password/${token}`, 60, post()],
    [`/signup/${token}`, 60, post()],
    [`/invitations/${token}`, 60, post()],
    [`/confirm-email/${token}`, 60, post()],
    ['/cart/lines', 300, post()],
    ['/cart/lines/1', 300, post()],
    [`/orders/${token}/reorder`, 300, post()],
    ['/theme', 300, post()],
    ['/logout', 300, post()],
  ]

  /** Like a browser: follows a redirect to the canonical URL. */
  async function requestCanonical(visitor: Visitor, ask: Ask, path: string): Promise<Answer> {
    // fetch would resolve the dots itself.
    const answer = await ask(visitor, path)
    return answer.status === 308 ? requestCanonical(visitor, ask, answer.location!) : answer
  }

  test.each(table)('%s, after %i attempts', async (path, points, ask) => {
    const visitor = createVisitor(shop.origin, { address: createAddress() })
    // A single loader may be requested without the one that is rate-limited.
    const ways = spellings(path).filter((way) => ask !== get || !way.includes('_routes'))
    const first: number[] = []
    while (first.length < points)
      first.push((await requestCanonical(visitor, ask, ways[first.length % ways.length]!)).status)
    expect(first).not.toContain(429)
    for (const way of ways) expect((await requestCanonical(visitor, ask, way)).status, way).toBe(429)
  })

  test('a HEAD request of a search counts as a search', async () => {
    const address = { 'x-forwarded-for': createAddress() }
    const head = (path: string) => fetch(`${shop.origin}${path}`, { method: 'HEAD', headers: address })
    for (let tries = 0; tries < 30; tries += 1)
      for (const path of ['/search', '/search.data']) expect((await head(path)).status).not.toBe(429)
    for (const path of ['/search', '/search.data']) expect((await head(path)).status).toBe(429)
  })

  test('an IPv6 network counts as one, however its addresses are written', async () => {
    const spelled = [
      '2001:db8::1',
      '2001:DB8:0:0::2',
      '2001:db8:0:0:ffff::3',
      '2001:0db8:0::4',
      '2001:db8::5%eth0',
    ]
    const ask = (address: string) =>
      createVisitor(shop.origin, { address }).post('/setup', { code: 'guessed' })
    for (const address of [...spelled, ...spelled]) expect((await ask(address)).status).not.toBe(429)
    for (const address of spelled) expect((await ask(address)).status).toBe(429)
    expect((await ask('2001:db8:0:1::1')).status).not.toBe(429)
  })
})

test('while Postgres is down attempts are counted in memory; those counts are dropped when it is back', async () => {
  const proxy = await createTcpProxy(new URL(databaseUrl))
  await proxy.open()
  await whileOpen(proxy.url, async ({ origin }) => {
    const visitor = createVisitor(origin, { address: createAddress() })
    const guess = () => visitor.post('/setup', { code: 'guessed' })
    await proxy.shut()
    for (const status of await tries(10, guess)) expect([422, 503]).toContain(status)
    expectTooOften(await guess())

    await proxy.open()
    await vi.waitUntil(async () => (await fetch(`${origin}/readyz`)).ok, { timeout: 10_000, interval: 50 })
    expect((await guess()).status).toBeLessThan(429)
  })
  await proxy.shut()
})
