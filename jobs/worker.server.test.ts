import { sql } from 'drizzle-orm'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listNotifications } from '#app/domain/notifications/notifications.server.ts'
import { db } from '#db/client.ts'
import { olgaOpensHerShop } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
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

test('a job that failed every time it was tried is told to those who run the shop', async () => {
  const { olga } = await olgaOpensHerShop()
  // No row has this id, nor could one.
  await boss.send('send-mail', { mailId: 'none' }, { retryLimit: 0 })
  const told = async () => (await listNotifications(olga, 1)).notifications.map(({ words }) => words)
  await expect.poll(told, { timeout: 20_000 }).toEqual(['Given up after many tries: send-mail'])
  expect(failures).toHaveLength(1)
})

test('the queue is maintained by the role of the app: what was done long ago is deleted', async () => {
  const isOld = sql`from pgboss.job where name = 'send-mail' and state = 'failed'`
  await db.execute(sql`update pgboss.job set completed_on = now() - interval '10 days'
    where name = 'send-mail' and state = 'failed'`)
  expect(await db.execute(sql`select ${isOld}`)).toHaveLength(1)
  // The worker may have had its turn just now.
  await db.execute(sql`update pgboss.queue set monitor_on = null, maintain_on = null`)
  await boss.supervise()
  expect(await db.execute(sql`select ${isOld}`)).toHaveLength(0)
  expect(failures).toHaveLength(1)
})

test('what comes back by itself is scheduled', async () => {
  expect((await boss.getSchedules()).map(({ name }) => name)).toEqual(['tidy'])
})
