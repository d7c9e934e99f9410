import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { listNotifications } from '#app/domain/notifications/notifications.server.ts'
import { db, transaction } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { emails, orderEvents, orders } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop, signIn } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { startEmailService } from '#tests/support/email-service.ts'
import { type RunningShop, startShop } from '#tests/support/running-shop.ts'
import { stopLeftoverTills } from '#tests/support/till.ts'
import { createVisitor, hiddenFields } from '#tests/support/visitor.ts'

let service: Awaited<ReturnType<typeof startEmailService>>
let shop: RunningShop | undefined

beforeAll(async () => {
  service = await startEmailService()
  await createShop()
})
afterEach(async () => {
  service.faults.clear()
  await shop?.stop()
  shop = undefined
})
afterAll(async () => {
  await service.stop()
  stopLeftoverTills()
})

const start = async (resendBaseUrl = service.settings.resendBaseUrl) =>
  (shop = await startShop(
    { databaseUrl },
    { RESEND_API_KEY: service.settings.resendApiKey, RESEND_BASE_URL: resendBaseUrl },
  ))

async function order(email: string): Promise<void> {
  await createOrder(await createProduct(), { email })
  expect(await db.$count(orders, eq(orders.email, email))).toBe(1)
}

async function confirmationTo(to: string) {
  const [email] = await db
    .select()
    .from(emails)
    .where(sql`${emails.toEmail} = ${to} and ${emails.kind} = 'order-confirmed'`)
  return email!
}
const statusOf = async (to: string) => (await confirmationTo(to)).status
const keysOf = (to: string, list = service.attempts) =>
  list.filter((email) => email.to === to).map(({ key }) => key)

async function staff() {
  const { olga } = await createShop()
  return createVisitor(shop!.origin, { cookies: { sid: await signIn(olga) } })
}

test('an order is placed while its email fails; the email is retried with its key and delivered once, and staff see why', async () => {
  await start()
  const reasons = {
    'busy@example.com': [429, 'Too many requests. You can only make 2 requests per second.'],
    'broken@example.com': [500, 'An unexpected error occurred.'],
    'cut@example.com': ['close', 'Resend could not be reached'],
  } as const
  for (const [to, [fault]] of Object.entries(reasons)) service.faults.set(to, fault)
  for (const to of [...Object.keys(reasons), 'fine@example.com']) await order(to)
  await expect.poll(() => statusOf('fine@example.com'), { timeout: 10_000 }).toBe('sent')
  const olga = await staff()
  for (const [to, [, reason]] of Object.entries(reasons)) {
    await expect.poll(() => statusOf(to), { timeout: 10_000 }).toBe('failed')
    expect((await olga.get(`/admin/emails/${(await confirmationTo(to)).id}`)).body).toContain(reason)
  }
  service.faults.clear()
  for (const to of Object.keys(reasons)) {
    await expect.poll(() => statusOf(to), { timeout: 20_000 }).toBe('sent')
    expect(keysOf(to).length).toBeGreaterThan(1)
    expect(new Set(keysOf(to)).size).toBe(1)
    expect(keysOf(to, service.received)).toHaveLength(1)
    expect(await confirmationTo(to)).toMatchObject({ lastError: null, attempts: keysOf(to).length })
  }
}, 60_000)

test('a host name that does not resolve is recorded, and the email is sent once it does', async () => {
  await start('http://email-service.invalid')
  await order('dns@example.com')
  await expect.poll(() => statusOf('dns@example.com'), { timeout: 10_000 }).toBe('failed')
  expect((await confirmationTo('dns@example.com')).lastError).toBe('Resend could not be reached')
  await shop!.stop()
  await start()
  await expect.poll(() => statusOf('dns@example.com'), { timeout: 20_000 }).toBe('sent')
  expect(keysOf('dns@example.com')).toHaveLength(1)
}, 60_000)

test('a job that never ends is retried, then reported; other emails and other jobs go on, and the email is delivered once', async () => {
  const to = 'hangs@example.com'
  service.faults.set(to, 'hang')
  await order(to)
  const { id } = await confirmationTo(to)
  await db.execute(sql`update pgboss.job set expire_seconds = 3, retry_limit = 1, retry_delay = 1
    where name = 'send-email' and (data ->> 'emailId')::bigint = ${id}`)
  await start()
  await expect.poll(() => keysOf(to).length, { timeout: 10_000 }).toBe(1)
  for (let job = 0; job < 3; job += 1) await transaction((tx) => enqueue(tx, 'queue-summaries', {}))
  await order('next@example.com')
  await expect.poll(() => waitingJobs('queue-summaries'), { timeout: 10_000 }).toBe(0)
  expect(await statusOf(to)).toBe('queued')

  const { olga } = await createShop()
  const news = async () => (await listNotifications(olga, 'staff', 1)).notifications.map(({ text }) => text)
  await expect
    .poll(news, { timeout: 20_000 })
    .toContain(`Failed after several attempts: Order confirmation to ${to}`)
  expect(await confirmationTo(to)).toMatchObject({
    status: 'failed',
    lastError: 'Sending did not finish in time',
  })
  await expect.poll(() => statusOf('next@example.com'), { timeout: 10_000 }).toBe('sent')

  service.faults.clear()
  const visitor = await staff()
  const action = `/admin/emails/${id}/attempts`
  const { body } = await visitor.get(`/admin/emails/${id}`)
  expect((await visitor.post(action, hiddenFields(body, action))).location).toBe(`/admin/emails/${id}`)
  await expect.poll(() => statusOf(to), { timeout: 10_000 }).toBe('sent')
  // The attempts that were given up get their answers after all.
  service.letGo()
  await shop!.stop()
  expect(keysOf(to).length).toBeGreaterThan(2)
  expect(new Set(keysOf(to)).size).toBe(1)
  const sent = await db
    .select()
    .from(orderEvents)
    .where(sql`${orderEvents.kind} = 'email-sent' and ${orderEvents.detail} like ${`%${to}`}`)
  expect(sent).toHaveLength(1)
}, 90_000)

async function waitingJobs(queue: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from pgboss.job where name = ${queue} and state < 'completed'`,
  )
  return row!.count
}
