import type { TestProject } from 'vitest/node'
import { createScratchDatabase, onDatabase, startScratchServer } from './scratch.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server of the tests' own, as superuser, as owner of databases and as the app; no database of them is for use. */
    serverUrl: string
    ownerUrl: string
    appUrl: string
    /** Is migrated, and is cloned for each test file. */
    template: string
  }
}

/** Starts a scratch PostgreSQL for the run and migrates the database that all test files are cloned from. */
export default async function setup(project: TestProject) {
  const server = await startScratchServer()
  // Nothing here has to survive a power cut.
  await onDatabase(server.superuserUrl, async (sql) => {
    await sql`alter system set fsync = off`
    await sql`select pg_reload_conf()`
  })
  await createScratchDatabase(server, 'template_till')
  project.provide('serverUrl', server.superuserUrl)
  project.provide('ownerUrl', server.ownerUrl)
  project.provide('appUrl', server.url)
  project.provide('template', 'template_till')
  return () => server.stop()
}
