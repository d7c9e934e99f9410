import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server of the tests' own; `template` is migrated and is cloned for each test file. */
    serverUrl: string
    template: string
  }
}

/** Starts a scratch PostgreSQL for the run and migrates the database that all test files are cloned from. */
export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'till-test-'))
  const server = await startEmbedded(dataDir)
  const admin = postgres(server.url, { max: 1, onnotice: () => {} })
  await admin`create database template_till`
  // Nothing here has to survive a power cut.
  await admin`alter system set fsync = off`
  await admin`select pg_reload_conf()`
  await admin.end()
  await migrate(databaseUrl(server.url, 'template_till'))
  project.provide('serverUrl', server.url)
  project.provide('template', 'template_till')
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.toString()
}
