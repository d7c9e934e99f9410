import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll } from 'vitest'
import { db } from '#db/client.ts'
import { databaseUrl } from './database.ts'

export type Announced = { topic: string; kind?: string; version?: number } & Record<string, unknown>

const received: string[] = []
const arrivals = new Map<string, () => void>()

/** For a test file: listens to the announcements of this file's database. */
export function useAnnouncements(): void {
  let connection: postgres.Sql
  beforeAll(async () => {
    connection = postgres(databaseUrl, { max: 1, onnotice: () => {} })
    await connection.listen('till', (payload) => {
      received.push(payload)
      arrivals.get(payload)?.()
    })
  })
  afterAll(() => connection.end())
}

/** Sends a marker and waits until it arrives: announcements arrive in commit order. */
async function mark(): Promise<string> {
  const marker = `{"topic":"marker","id":"${randomUUID()}"}`
  const arrival = new Promise<void>((resolve) => arrivals.set(marker, resolve))
  await db.execute(sql`select pg_notify('till', ${marker})`)
  await arrival
  return marker
}

/** The announcements made by `work`, without the listeners' echoes. */
export async function listAnnouncements(work: () => Promise<unknown>): Promise<Announced[]> {
  const from = await mark()
  await work()
  const to = await mark()
  return received
    .slice(received.indexOf(from) + 1, received.indexOf(to))
    .map((payload) => JSON.parse(payload) as Announced)
    .filter(({ topic }) => topic !== 'echo')
}
