import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { closeDb, connect } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { brokenInvariants } from './invariants.ts'

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

afterEach(async () => {
  expect(await brokenInvariants()).toEqual([])
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
