import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll } from 'vitest'
import { db } from '#db/client.ts'
import { databaseUrl } from './database.ts'

export type Heard = { topic: string; kind?: string; version?: number } & Record<string, unknown>

const heard: string[] = []
const arrivals = new Map<string, () => void>()

/** For a test file: hears whatever this file's database announces. */
export function useEar(): void {
  let ear: postgres.Sql
  beforeAll(async () => {
    ear = postgres(databaseUrl, { max: 1, onnotice: () => {} })
    await ear.listen('till', (payload) => {
      heard.push(payload)
      arrivals.get(payload)?.()
    })
  })
  afterAll(() => ear.end())
}

/** Sends a marker and waits until it is heard: announcements come in the order of commits. */
async function mark(): Promise<string> {
  const marker = `{"topic":"marker","id":"${randomUUID()}"}`
  const arrival = new Promise<void>((resolve) => arrivals.set(marker, resolve))
  await db.execute(sql`select pg_notify('till', ${marker})`)
  await arrival
  return marker
}

/** What is announced through what `work` does, echoes of listeners aside. */
export async function announcementsOf(work: () => Promise<unknown>): Promise<Heard[]> {
  const from = await mark()
  await work()
  const to = await mark()
  return heard
    .slice(heard.indexOf(from) + 1, heard.indexOf(to))
    .map((payload) => JSON.parse(payload) as Heard)
    .filter(({ topic }) => topic !== 'echo')
}
