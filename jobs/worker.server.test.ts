import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listNotifications } from '#app/domain/notifications/notifications.server.ts'
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
  })
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

test('what comes back by itself is scheduled', async () => {
  expect((await boss.getSchedules()).map(({ name }) => name)).toEqual(['tidy'])
})
