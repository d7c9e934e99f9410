import { randomBytes } from 'node:crypto'
import type postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { roleOf } from '#db/app-role.ts'
import { closeDb, connect } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { brokenInvariants } from './invariants.ts'
import { databaseAt, onDatabase } from './scratch.ts'

const name = `test_${randomBytes(6).toString('hex')}`

/** The addresses of this test file's own database: as the app, whose role owns nothing, and as superuser. */
export const databaseUrl = databaseAt(inject('appUrl'), name)
export const superuserUrl = databaseAt(inject('serverUrl'), name)

// Each test file works on a database of its own, cloned from the migrated template. Tests commit for real,
// because locks, jobs and notifications need it.
beforeAll(async () => {
  const owner = roleOf(inject('ownerUrl'))!.name
  await onDatabase(
    inject('serverUrl'),
    (server) =>
      server`create database ${server(name)} template ${server(inject('template'))} owner ${server(owner)}`,
  )
  connect(databaseUrl, { max: 20 })
  await openOutbox()
})

afterEach(async () => {
  expect(await brokenInvariants()).toEqual([])
})

afterAll(async () => {
  await closeOutbox()
  await closeDb()
  await onDatabase(inject('serverUrl'), (server) => server`drop database ${server(name)} with (force)`)
})

/** Something that the shop itself may not do, such as emptying a table. */
export async function asSuperuser<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  return onDatabase(superuserUrl, work)
}
