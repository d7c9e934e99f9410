import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { createScratchDatabase, startScratchServer } from './scratch.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server of the tests' own; `template` is migrated and is cloned for each test file. */
    serverUrl: string
    template: string
  }
}

/** Starts a scratch PostgreSQL for the run and migrates the database that all test files are cloned from. */
export default async function setup(project: TestProject) {
  const server = await startScratchServer()
  // Nothing here has to survive a power cut.
  const sql = postgres(server.url, { max: 1, onnotice: () => {} })
  await sql`alter system set fsync = off`
  await sql`select pg_reload_conf()`
  await sql.end()
  await createScratchDatabase(server, 'template_till')
  project.provide('serverUrl', server.url)
  project.provide('template', 'template_till')
  return () => server.stop()
}
