import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { parseRole } from '#db/app-role.ts'
import { type Embedded, startEmbedded } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'

export type Scratch = Pick<Embedded, 'url' | 'ownerUrl' | 'superuserUrl'> & { stop(): Promise<void> }

/** A temporary PostgreSQL in a temporary folder, which `stop` deletes. */
export async function startScratchServer(): Promise<Scratch> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'till-scratch-'))
  const server = await startEmbedded(dataDir)
  return {
    ...server,
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Creates a migrated database on that server and returns its URL for the app's role. */
export async function createScratchDatabase(server: Scratch, name: string): Promise<string> {
  const [ownerUrl, url] = [databaseAt(server.ownerUrl, name), databaseAt(server.url, name)]
  await onDatabase(
    server.superuserUrl,
    (sql) => sql`create database ${sql(name)} owner ${sql(parseRole(ownerUrl)!.name)}`,
  )
  await migrate(ownerUrl, url)
  return url
}

/** The same role and server, another database. */
export function databaseAt(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).toString()
}

/** Runs what the shop itself may not do, as the URL's role. */
export async function onDatabase<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}
