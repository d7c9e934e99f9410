import { count } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { db } from '#db/client.ts'
import { sessions } from '#db/schema/index.ts'
import { createProduct } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { seedShop, type SeededShop } from '#tests/support/seeded-shop.ts'
import { newVisitor, getMetrics, getShop, useRunningShop } from '#tests/support/http-shop.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { type RunningShop, startShop } from '#tests/support/running-shop.ts'

// Without jobs: nothing here waits for one.
useRunningShop({ ROLE: 'web' })

let seeded: SeededShop
beforeAll(async () => {
  seeded = await seedShop()
})

const host = 'Host: 127.0.0.1\r\nConnection: close\r\n'
const ours = 'Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n'

describe('requests that no browser sends', () => {
  let talkative: RunningShop
  beforeAll(async () => {
    talkative = await startShop({ databaseUrl }, { LOG_LEVEL: 'info', ROLE: 'web' })
  })
  afterAll(() => talkative.stop())

  test.each([
    ['a port that does not exist', 400, 'GET / HTTP/1.1\r\nHost: a:99999\r\nConnection: close\r\n\r\n'],
    ['no host', 400, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['the address of another host', 400, `GET http://evil.test/ HTTP/1.1\r\n${host}\r\n`],
    ['an Origin that is none', 400, `POST /cart/lines HTTP/1.1\r\n${host}${ours}Origin: garbage\r\n\r\n`],
    ['the same for data', 400, `HEAD /cart.data HTTP/1.1\r\n${host}Origin: garbage\r\n\r\n`],
    ['_data in other letters', 400, `GET /cart?%5Fdata=root HTTP/1.1\r\n${host}\r\n`],
    ['another expectation', 417, `GET / HTTP/1.1\r\n${host}Expect: 200-ok\r\n\r\n`],
  ])('%s is %i, with one log line and our headers', async (_, status, request) => {
    const before = talkative.output().length
    const answer = await rawRequest(talkative.origin, request)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatch(/^content-security-policy: default-src/im)
    expect(answer.body).toMatch(/^x-content-type-options: nosniff/im)
    expect(answer.body).toMatch(/^x-request-id: [\da-f]{16}/im)
    const lines = await linesSince(before)
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'info', status })
    expect(lines[0]).not.toMatch(/stack|    at /)
  })

  test.each([
    '_routes=',
    '_routes=none',
    '_routes=__proto__',
    '_routes=root,root',
    '_routes=root&_routes=',
    '%5Froutes=x',
  ])('a data request with %s is not a server error', async (query) => {
    const before = talkative.output().length
    for (const path of ['/cart.data', '/_root.data', '/cart', '/no/such/page.data'])
      expect((await fetch(`${talkative.origin}${path}?${query}`)).status, path).toBeLessThan(500)
    expect((await linesSince(before)).join('\n')).not.toMatch(/stack|"level":"(warn|error)"/)
  })

  /** What was logged between this length of the output and now. */
  async function linesSince(before: number): Promise<string[]> {
    // The line of this request comes after all lines of those before it.
    const last = await rawRequest(talkative.origin, `PUT / HTTP/1.1\r\n${host}\r\n`)
    const id = /^x-request-id: ([\da-f]+)/im.exec(last.body)![1]!
    await vi.waitUntil(() => talkative.output().includes(id), { timeout: 5_000, interval: 5 })
    const lines = talkative.output().slice(before).trim().split('\n')
    return lines.filter((line) => !line.includes(id))
  }
})

test('a form with Expect: 100-continue gets a continue response', async () => {
  const body = 'theme=dark'
  const answer = await rawRequest(
    getShop().origin,
    `POST /theme HTTP/1.1\r\n${host}${ours}Expect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  expect(answer.body).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 303/)
})

describe('canonical URLs', () => {
  test.each([
    ['/Search?q=Pot&a=%41', '/search?q=Pot&a=%41'],
    ['/%73earch.data', '/search.data'],
    ['/collections/all/', '/collections/all'],
    ['/COLLECTIONS//All', '/collections/all'],
    ['/Events?grant=x', '/events?grant=x'],
    ['/.//evil.test/..//a', '/a'],
  ])('%s redirects to %s', async (asked, canonical) => {
    const answer = await rawRequest(getShop().origin, `GET ${asked} HTTP/1.1\r\n${host}\r\n`)
    expect(answer.status).toBe(308)
    expect(answer.body).toMatch(new RegExp(`^location: ${canonical.replace(/[?.]/g, '\\$&')}\\r$`, 'im'))
  })

  test('a redirected form keeps its method and body', async () => {
    const { variantId } = await createProduct()
    const response = await fetch(`${getShop().origin}/Cart/Lines/`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: `variantId=${variantId}&quantity=1`,
    })
    expect([response.status, response.headers.get('location')]).toEqual([308, '/cart/lines'])
    expect(response.headers.getSetCookie()).toEqual([])
  })

  test('a receipt’s URL is protected in any spelling', async () => {
    for (const path of [`/Orders/${seeded.token}`, `/%6Frders/${seeded.token}/`, `/orders/${seeded.token}`]) {
      const { headers } = await newVisitor().get(path)
      expect(headers.get('referrer-policy'), path).toBe('same-origin')
      expect(headers.get('x-robots-tag'), path).toBe('noindex')
    }
    const moved = await newVisitor().get(`/Orders/${seeded.token}`)
    expect(moved.location).toBe(`/orders/${seeded.token}`)
    expect((await newVisitor().get(moved.location!)).status).toBe(200)
  })
})

describe('a refused form starts no session', () => {
  const refused: [string, () => Promise<[path: string, fields: Record<string, string>]>][] = [
    [
      'a product that is sold out',
      async () => {
        const { variantId } = await createProduct({ stock: 0 })
        return ['/cart/lines', { variantId: String(variantId), quantity: '1' }]
      },
    ],
    [
      'more than the stock',
      async () => {
        const { variantId } = await createProduct({ stock: 2 })
        return ['/cart/lines', { variantId: String(variantId), quantity: '3' }]
      },
    ],
    ['an unknown product', () => Promise.resolve(['/cart/lines', { variantId: '999999', quantity: '1' }])],
    ['an invalid quantity', () => Promise.resolve(['/cart/lines', { variantId: '1', quantity: 'x' }])],
    ['an unknown cart line', () => Promise.resolve(['/cart/lines/1', { quantity: '1' }])],
    ['reordering an unknown order', () => Promise.resolve([`/orders/${'x'.repeat(22)}/reorder`, {}])],
    ['a checkout without a cart', () => Promise.resolve(['/checkout', {}])],
    ['a wrong password', () => Promise.resolve(['/login', { email: 'a@b.example', password: 'five words' }])],
    ['an unknown link', () => Promise.resolve([`/reset-password/${'x'.repeat(43)}`, { password: 'x' }])],
  ]
  const counted = async () => (await db.select({ sessions: count() }).from(sessions))[0]

  test.each(refused)('%s', async (_, form) => {
    const [path, fields] = await form()
    const before = await counted()
    for (const address of [path, `${path}.data`]) {
      const { status, headers } = await newVisitor().post(address, fields)
      expect(status).toBeLessThan(500)
      expect(headers.getSetCookie().join()).not.toContain('sid=')
    }
    expect(await counted()).toEqual(before)
  })

  test('a form from another site', async () => {
    const { variantId } = await createProduct()
    const before = await counted()
    const { status } = await newVisitor().post(
      '/cart/lines',
      { variantId: String(variantId), quantity: '1' },
      { 'sec-fetch-site': 'cross-site' },
    )
    expect(status).toBe(403)
    expect(await counted()).toEqual(before)
  })
})

describe('metrics', () => {
  const ask = (authorization?: string) =>
    fetch(`${getShop().origin}/metrics`, { headers: authorization ? { authorization } : {} })

  test('are available with the token', async () => {
    expect(await getMetrics()).toMatch(/^till_event_streams \d+$/m)
  })

  test.each([undefined, 'Bearer', `Bearer ${'n'.repeat(32)}`, `Basic ${'m'.repeat(32)}`])(
    'are refused without the token, even on this machine: %s',
    async (authorization) => {
      const answer = await ask(authorization)
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      expect(await answer.text()).not.toContain('till_')
    },
  )

  test('are not found in a shop without a metrics token', async () => {
    const shop = await startShop({ databaseUrl }, { ROLE: 'web' })
    const headers = { authorization: `Bearer ${'m'.repeat(32)}` }
    expect((await fetch(`${shop.origin}/metrics`, { headers })).status).toBe(404)
    await shop.stop()
  })
})

describe('a refused encoding is not used', () => {
  // fetch would decode it transparently, and sends encodings of its own.
  const encodingOf = async (path: string, accepted: string) =>
    /^content-encoding: (\S+)/im.exec(
      (
        await rawRequest(
          getShop().origin,
          `GET ${path} HTTP/1.1\r\n${host}Accept-Encoding: ${accepted}\r\n\r\n`,
        )
      ).body,
    )?.[1]

  test('for a style sheet', async () => {
    const stylesheet = /href="(\/assets\/[^"]+\.css)"/.exec((await newVisitor().get('/')).body)![1]!
    expect(await encodingOf(stylesheet, 'br')).toBe('br')
    expect(await encodingOf(stylesheet, 'br;q=0')).toBeUndefined()
    expect(await encodingOf(stylesheet, 'gzip, br;q=0')).toBeUndefined()
  })

  test.each(['/collections/all', '/search?q=pot'])('for %s', async (path) => {
    await newVisitor().get(path)
    await expect.poll(() => encodingOf(path, 'br, gzip;q=0.5')).toBe('br')
    expect(await encodingOf(path, 'br;q=0, gzip')).toBe('gzip')
    expect(await encodingOf(path, 'br;q=0, gzip;q=0')).toBeUndefined()
  })
})
