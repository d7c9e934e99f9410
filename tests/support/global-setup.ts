import type { TestProject } from 'vitest/node'
import { createScratchDatabase, onDatabase, startScratchServer } from './scratch.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * The tests' own server, as superuser, as owner of databases and as the app; its databases are not used directly.
     */
    serverUrl: string
    ownerUrl: string
    appUrl: string
    /** Migrated, and cloned for each test file. */
    template: string
  }
}

/** Starts a temporary PostgreSQL for the run and migrates the template database of all test files. */
export default async function setup(project: TestProject) {
  const server = await startScratchServer()
  // Nothing here has to survive a crash.
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
