import { and, eq, sql } from 'drizzle-orm'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listNotifications } from '#app/domain/notifications/notifications.server.ts'
import { db } from '#db/client.ts'
import { emails } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { schedules } from '#db/queues.ts'
import { startWorker, type Worker } from './worker.ts'

const failures: string[] = []
let worker: Worker
let boss: PgBoss

beforeAll(async () => {
  worker = await startWorker({ databaseUrl, onError: (error) => failures.push(String(error)) })
  boss = new PgBoss({
    connectionString: databaseUrl,
    max: 1,
    migrate: false,
    supervise: false,
    schedule: false,
    reindex: false,
  })
  boss.on('error', (error) => failures.push(String(error)))
  await boss.start()
})

afterAll(async () => {
  await boss.stop({ graceful: false })
  await worker.stop()
})

test('a job that failed every attempt notifies admins', async () => {
  const { olga } = await createShop()
  // A value that cannot be a row's id.
  await boss.send('send-email', { emailId: 'none' }, { retryLimit: 0 })
  const notified = async () =>
    (await listNotifications(olga, 'staff', 1)).notifications.map(({ text }) => text)
  await expect.poll(notified, { timeout: 20_000 }).toEqual(['Failed after several attempts: send-email'])
  expect(failures).toHaveLength(1)
})

const poisonJobs = 12

test('jobs that always fail slow down neither other queues nor the good emails of their own', async () => {
  const { orderId } = await createOrder(await createProduct())
  failures.length = 0
  const alone = await timeOtherJobs()
  const poison = { data: { emailId: 'poison' }, retryLimit: 40, retryDelay: 1, retryBackoff: false }
  await boss.insert('send-email', Array(poisonJobs).fill(poison))
  const during = await timeOtherJobs()
  expect(failures.length).toBeGreaterThan(2 * poisonJobs)
  expect(during, `${alone} ms without the failing jobs`).toBeLessThan(1.5 * alone)
  const unsent = () => db.$count(emails, and(eq(emails.orderId, orderId), eq(emails.status, 'queued')))
  await expect.poll(unsent, { timeout: 10_000 }).toBe(0)
  await db.execute(sql`delete from pgboss.job where data ->> 'emailId' = 'poison'`)
}, 60_000)

/** Milliseconds until five jobs of another queue, of which one is fetched each second, are done. */
async function timeOtherJobs(): Promise<number> {
  const isDone = sql`name = 'queue-summaries' and state = 'completed'`
  const done = async () => (await db.execute(sql`select from pgboss.job where ${isDone}`)).length
  const target = (await done()) + 5
  const began = performance.now()
  await boss.insert('queue-summaries', Array(5).fill({ data: {} }))
  await expect.poll(done, { timeout: 20_000, interval: 100 }).toBeGreaterThanOrEqual(target)
  return performance.now() - began
}

test('the app’s role maintains the queue: old finished jobs are deleted', async () => {
  const isOld = sql`from pgboss.job where name = 'send-email' and state = 'failed'`
  await db.execute(sql`update pgboss.job set completed_on = now() - interval '10 days'
    where name = 'send-email' and state = 'failed'`)
  expect(await db.execute(sql`select ${isOld}`)).toHaveLength(1)
  // The worker may have done this just now.
  await db.execute(sql`update pgboss.queue set monitor_on = null, maintain_on = null`)
  await boss.supervise()
  expect(await db.execute(sql`select ${isOld}`)).toHaveLength(0)
})

test('recurring jobs are scheduled', async () => {
  const scheduled = (await boss.getSchedules()).map(({ name, cron }) => [name, cron])
  expect(Object.fromEntries(scheduled)).toEqual(schedules)
})
