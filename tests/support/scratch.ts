import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { startEmbedded } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'

export type Scratch = { url: string; stop(): Promise<void> }

/** A PostgreSQL of one's own in a temporary folder, which is gone after `stop`. */
export async function startScratchServer(): Promise<Scratch> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'till-scratch-'))
  const server = await startEmbedded(dataDir)
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Makes a migrated database on that server and returns its address. */
export async function createScratchDatabase(server: Scratch, name: string): Promise<string> {
  const sql = postgres(server.url, { max: 1, onnotice: () => {} })
  await sql`create database ${sql(name)}`
  await sql.end()
  const url = new URL(server.url)
  url.pathname = `/${name}`
  await migrate(url.toString())
  return url.toString()
}
