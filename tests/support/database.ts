import type postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { parseRole } from '#db/app-role.ts'
import { closeDb, connect } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { findInvariantViolations } from './invariants.ts'
import { databaseAt, onDatabase } from './scratch.ts'

// The files of a worker share this module's other instance, so the name is the worker's and not the file's.
const name = `test_${process.env.VITEST_POOL_ID}`

/** The database URLs of the current test file: as the app, whose role owns nothing, and as superuser. */
export const databaseUrl = databaseAt(inject('appUrl'), name)
export const superuserUrl = databaseAt(inject('serverUrl'), name)

// Each test file has its own database, cloned from the migrated template. Tests commit for real, because locks, jobs
// and notifications need it.
beforeAll(async () => {
  const owner = parseRole(inject('ownerUrl'))!.name
  await onDatabase(
    inject('serverUrl'),
    (server) =>
      server`create database ${server(name)} template ${server(inject('template'))} owner ${server(owner)}`,
  )
  // Tests may start a hundred calls at once, and the machine may be busy.
  connect(databaseUrl, { max: 20, acquireTimeoutMs: 20_000 })
  await openOutbox()
})

afterEach(async () => {
  expect(await findInvariantViolations()).toEqual([])
})

afterAll(async () => {
  await closeOutbox()
  await closeDb()
  await onDatabase(inject('serverUrl'), (server) => server`drop database ${server(name)} with (force)`)
})

/** Runs what the app itself may not do, such as truncating a table. */
export async function asSuperuser<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  return onDatabase(superuserUrl, work)
}
