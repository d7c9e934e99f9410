import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { requestSignUpEmail } from '#app/domain/accounts/sign-up.server.ts'
import { db } from '#db/client.ts'
import { emails } from '#db/schema/index.ts'
import { createProduct, createUser, createShop, password } from '#tests/support/cast.ts'
import { asSuperuser, databaseUrl } from '#tests/support/database.ts'
import { openCheckout } from '#tests/support/http-shop.ts'
import { type RunningShop, startShop } from '#tests/support/running-shop.ts'
import { stopLeftoverTills } from '#tests/support/till.ts'
import { type Answer, createVisitor, hiddenFields, type Visitor } from '#tests/support/visitor.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Everything that was sent to Sentry, as text. */
let reports = ''
let sentry: Server
let shop: RunningShop
let addresses = 0

const newVisitor = (cookies: Record<string, string> = {}) =>
  createVisitor(shop.origin, { cookies, address: `203.0.113.${(addresses += 1)}` })

beforeAll(async () => {
  await createShop()
  sentry = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => (reports += text))
    request.on('end', () => response.end('{}'))
  }).listen(0)
  await once(sentry, 'listening')
  const { port } = sentry.address() as AddressInfo
  shop = await startShop(
    { databaseUrl },
    { TRUST_PROXY: '1', LOG_LEVEL: 'debug', SENTRY_DSN: `http://key@127.0.0.1:${port}/1` },
  )
})
afterAll(async () => {
  await shop.stop()
  sentry.close()
  stopLeftoverTills()
})

type Line = Record<string, unknown> & { level: string; msg: string; event?: string; requestId?: string }

const lines = () =>
  shop
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)

describe('logs and reports of failing queries and pages', () => {
  const secret = 'words-of-ann'
  const token = `t0ken${'x'.repeat(38)}`

  afterEach(async () => {
    expect(shop.output()).not.toMatch(/words-of-ann|t0kenx/)
    expect(reports).not.toMatch(/words-of-ann|t0kenx/)
  })

  /** Runs `work` while the shop's queries on this table fail. */
  async function withFailingTable(table: string, work: () => Promise<void>): Promise<void> {
    await asSuperuser((server) => server.unsafe(`alter table ${table} rename to ${table}_away`))
    try {
      await work()
    } finally {
      await asSuperuser((server) => server.unsafe(`alter table ${table}_away rename to ${table}`))
    }
  }

  const isReported = (loggedText: RegExp) =>
    vi.waitUntil(() => loggedText.test(reports), { timeout: 10_000, interval: 20 })

  test('contain no form values, but the query and its location', async () => {
    await withFailingTable('users', async () => {
      const answer = await newVisitor().post('/login', { email: `${secret}@hill.example`, password: secret })
      expect(answer.status).toBe(500)
    })
    const fault = await vi.waitUntil(
      () => lines().find(({ msg, path }) => msg === 'request failed' && path === '/login'),
      { timeout: 10_000, interval: 10 },
    )
    expect(fault.err).toMatchObject({ message: expect.stringMatching(/^Failed query: select/) as string })
    expect((fault.err as { cause: object }).cause).toMatchObject({ code: '42P01' })
    expect((fault.err as { stack: string }).stack).toMatch(/^ {4}at /)
    await isReported(/Failed query: select/)
  })

  test('contain no link token, in any spelling of its path', async () => {
    await withFailingTable('email_links', async () => {
      for (const path of [
        '/reset-password/',
        '/signup/',
        '/confirm-email/',
        '/Reset-Password/',
        '/%73ignup/',
      ])
        for (const end of ['', '.data', `?next=${token}`])
          await newVisitor().get(`${path}${token}${end}`, { referer: `${shop.origin}/signup/${token}` })
    })
    await withFailingTable('orders', async () => {
      expect((await newVisitor().get(`/orders/${token}`)).status).toBe(500)
    })
    const paths = lines().filter(({ msg }) => msg === 'request failed')
    expect(paths.map(({ path }) => path)).toContain('/reset-password/[token]')
    expect(paths.map(({ path }) => path)).toContain('/orders/[token]')
    await isReported(/\/orders\/\[token\]/)
  })

  test('contain no data of a failed job', async () => {
    await withFailingTable('users', async () => {
      await requestSignUpEmail('sign-up', `${secret}@hill.example`)
      await vi.waitUntil(() => lines().some(({ msg }) => msg === 'job failed'), { timeout: 20_000 })
    })
    await isReported(/send-email/)
    const notes = () =>
      db.execute(sql`select output from pgboss.job where name = 'send-email' and output is not null`)
    await vi.waitUntil(async () => (await notes()).length > 0, { timeout: 10_000, interval: 50 })
    expect(JSON.stringify(await notes())).toContain('Failed query')
    expect(JSON.stringify(await notes())).not.toContain(secret)
  })
})

test('an order can be followed from its request to the job that sends its email, by ids only', async () => {
  const { variantId } = await createProduct()
  const ada = newVisitor()
  const fields = await openCheckout(ada, { variantId })
  const placed = await ada.post('/checkout', fields)
  const requestId = placed.headers.get('x-request-id')
  const find = (msg: string, by: Partial<Line>) =>
    vi.waitUntil(
      () => lines().find((line) => line.msg === msg && Object.keys(by).every((key) => line[key] === by[key])),
      { timeout: 20_000, interval: 20 },
    )
  const order = await find('order placed', { requestId: requestId! })
  expect(order).toEqual({ ...fieldsOfLine(order), requestId, orderId: expect.any(Number) as number })
  const [email] = await db
    .select({ id: emails.id })
    .from(emails)
    .where(eq(emails.orderId, order.orderId as number))
  const job = await find('job completed', { orderId: order.orderId })
  expect(job).toEqual({
    ...fieldsOfLine(job),
    queue: 'send-email',
    jobId: expect.any(String) as string,
    emailId: email!.id,
    orderId: order.orderId,
  })
  // A second submit of the form finds the order and is not another one.
  await ada.post('/checkout', fields)
  expect(lines().filter(({ msg }) => msg === 'order placed')).toHaveLength(1)
  expect(shop.output()).not.toMatch(/Ada Byron|ada-|12 Square/)
})

/** The fields that every line has. */
const fieldsOfLine = ({ level, time, pid, msg }: Line) => ({ level, time, pid, msg })

describe('security events', () => {
  /**
   * What the shop logged for a response, without the fields of every line; a line may be written after the response.
   */
  async function eventsOf({ headers }: Pick<Answer, 'headers'>) {
    const ofAnswer = () =>
      lines().filter(({ event, requestId }) => event && requestId === headers.get('x-request-id'))
    await vi.waitUntil(() => ofAnswer().length > 0, { timeout: 10_000, interval: 10 })
    return ofAnswer().map(
      ({ level: _level, time: _time, pid: _pid, msg: _msg, requestId: _id, ...facts }) => facts,
    )
  }

  async function post(visitor: Visitor, path: string, fields: Record<string, string> = {}) {
    const csrf = visitor.cookies.has('sid') ? hiddenFields((await visitor.get('/')).body, '/theme').csrf! : ''
    const answer = await visitor.post(path, { csrf, ...fields })
    return { ...answer, events: await eventsOf(answer) }
  }

  test('signing in, failing to, being refused and signing out are logged with ids only', async () => {
    const { id, email } = await createUser()
    const carl = newVisitor()
    const wrong = await post(carl, '/login', { email, password: 'not the password' })
    expect(wrong.events).toEqual([{ event: 'authn_login_fail', reason: 'password' }])
    const right = await post(carl, '/login', { email, password })
    expect(right.events).toEqual([{ event: 'authn_login_success', userId: id }])

    const refused = await carl.get('/admin/orders')
    const authzFail = { event: 'authz_fail', userId: id, method: 'GET', path: '/admin/orders' }
    expect(await eventsOf(refused)).toEqual([authzFail])
    const forged = await carl.post('/cart/lines', { csrf: 'x' })
    const forgery = { event: 'authz_fail', userId: id, method: 'POST', path: '/cart/lines' }
    expect(await eventsOf(forged)).toEqual([forgery])

    const asked = await post(carl, '/account/two-factor', { password: 'not the password' })
    expect(asked.events).toEqual([{ event: 'authn_login_fail', userId: id, reason: 'password-asked-again' }])
    const out = await post(carl, '/logout')
    expect(out.events).toEqual([{ event: 'session_expired', userId: id, reason: 'signed-out' }])
    expect(shop.output()).not.toContain(email)
    expect(shop.output()).not.toMatch(/203\.0\.113\./)
  })

  test('a form from another site and too many attempts are logged where they are refused', async () => {
    const eve = newVisitor()
    const from = await eve.send('/cart/lines', 'a=1', { 'sec-fetch-site': 'cross-site' })
    expect(from.status).toBe(403)
    expect(await eventsOf(from)).toMatchObject([{ event: 'authz_fail' }])
    const fields = { email: 'eve@example.com', password: 'not the password' }
    for (let attempt = 1; attempt <= 5; attempt += 1) await eve.post('/login', fields)
    const { status, events } = await post(eve, '/login', fields)
    expect(status).toBe(429)
    expect(events).toMatchObject([{ event: 'excess_rate_limit_exceeded', path: '/login' }])
  })

  test('changes of passwords, sessions and permissions log actor and user', async () => {
    const { id, email } = await createUser()
    const { id: ownerId } = await createUser({ role: 'admin', email: 'adam@hill.example' })
    const staff = await createUser({ role: 'staff', permissions: ['orders'] })
    const [carl, adam] = [newVisitor(), newVisitor()]
    await carl.post('/login', { email, password })
    await adam.post('/login', { email: 'adam@hill.example', password })

    const next = 'five other words here now'
    const changed = await post(carl, '/account/password', { current: password, password: next })
    expect(changed.events).toEqual([{ event: 'authn_password_change', userId: id }])
    const others = await post(carl, '/account/devices/others/delete', { password: next })
    expect(others.events).toMatchObject([{ event: 'session_expired', userId: id }])
    const promoted = await post(adam, `/admin/staff/${staff.id}`, { role: 'staff', permissions: 'catalog' })
    expect(promoted.events).toMatchObject([
      { event: 'authz_change', userId: ownerId, onUserId: staff.id, to: 'staff' },
    ])
    const suspended = await post(adam, `/admin/customers/${id}/suspend`)
    expect(suspended.events).toMatchObject([
      { event: 'user_updated', userId: ownerId, onUserId: id, attribute: 'suspended', to: 'yes' },
    ])
  })
})
