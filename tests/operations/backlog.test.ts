import { eq, sql } from 'drizzle-orm'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { emails } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { startEmailService } from '#tests/support/email-service.ts'
import { type RunningShop, startShop } from '#tests/support/running-shop.ts'
import { stopLeftoverTills } from '#tests/support/till.ts'

/** Each has an email to its customer and one to the owner. */
const orders = 40
const copies = 125

let service: Awaited<ReturnType<typeof startEmailService>>
let shop: RunningShop | undefined

beforeAll(async () => {
  service = await startEmailService()
})
afterAll(async () => {
  await shop?.stop()
  await service.stop()
  stopLeftoverTills()
})

/** What a worker finds that was stopped: the job of each email, and many copies of it. */
async function createBacklog(): Promise<number> {
  await createShop()
  const pot = await createProduct({ stock: 1_000 })
  for (let count = 0; count < orders; count += 1) await createOrder(pot)
  const waiting = await db.select({ id: emails.id }).from(emails).where(eq(emails.status, 'queued'))
  const boss = new PgBoss({
    connectionString: databaseUrl,
    migrate: false,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => {})
  await boss.start()
  for (let copy = 1; copy < copies; copy += 1)
    await boss.insert(
      'send-email',
      waiting.map(({ id }) => ({ data: { emailId: id } })),
    )
  await boss.stop({ graceful: false })
  return waiting.length
}

async function countWaiting(): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from pgboss.job where name = 'send-email' and state < 'completed'`,
  )
  return row!.count
}

/** Milliseconds of so many requests of a page that no cache answers, one after the other. */
async function measurePage(count: number): Promise<number[]> {
  const times = []
  for (let request = 0; request < count; request += 1) {
    const began = performance.now()
    const response = await fetch(`${shop!.origin}/login`)
    await response.text()
    expect(response.status).toBe(200)
    times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)
}

test('a worker that was stopped works off ten thousand jobs, sends each email once, and pages stay fast', async () => {
  const count = await createBacklog()
  expect(await countWaiting()).toBe(count * copies)
  const began = performance.now()
  shop = await startShop(
    { databaseUrl },
    { RESEND_API_KEY: service.settings.resendApiKey, RESEND_BASE_URL: service.settings.resendBaseUrl },
  )
  // The first requests of a process load its code.
  await measurePage(10)
  const during = await measurePage(100)
  expect(await countWaiting(), 'jobs left while the pages were measured').toBeGreaterThan(0)
  await expect.poll(countWaiting, { timeout: 150_000, interval: 500 }).toBe(0)
  const seconds = (performance.now() - began) / 1000
  const keys = service.received.map(({ key }) => key)
  expect(new Set(keys).size).toBe(count)
  expect(service.delivered()).toBe(count)
  expect(await db.$count(emails, eq(emails.status, 'sent'))).toBe(await db.$count(emails))
  const after = await measurePage(100)
  const of = (times: number[]) => `median ${times[50]!.toFixed(0)} ms, p99 ${times[99]!.toFixed(0)} ms`
  console.info(
    `${count * copies} jobs in ${seconds.toFixed(0)} s; a page meanwhile ${of(during)}, later ${of(after)}`,
  )
  expect(during[50]!).toBeLessThan(Math.max(10 * after[50]!, 200))
}, 240_000)
