import { readFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { closeDb, connect, db } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'

/** The address of this test file's own database. */
export let databaseUrl: string

const name = `test_${randomBytes(6).toString('hex')}`

// Each test file works on a database of its own, cloned from the migrated template. Tests commit for real,
// because locks, jobs and notifications need it.
beforeAll(async () => {
  await onServer((server) => server`create database ${server(name)} template ${server(inject('template'))}`)
  const url = new URL(inject('serverUrl'))
  url.pathname = `/${name}`
  databaseUrl = url.toString()
  connect(databaseUrl, { max: 20 })
  await openOutbox()
})

/** What has to be true of the shop at any moment; each row of the answer is a rule that was broken. */
export async function brokenInvariants(): Promise<unknown[]> {
  const invariants = await readFile('tests/support/invariants.sql', 'utf8')
  return db.execute(sql.raw(invariants))
}

afterEach(async () => {
  expect([...(await brokenInvariants())]).toEqual([])
})

afterAll(async () => {
  await closeOutbox()
  await closeDb()
  await onServer((server) => server`drop database ${server(name)} with (force)`)
})

async function onServer(work: (server: postgres.Sql) => Promise<unknown>): Promise<void> {
  const server = postgres(inject('serverUrl'), { max: 1, onnotice: () => {} })
  try {
    await work(server)
  } finally {
    await server.end()
  }
}
