import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { closeDb, connect } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { type RunningShop, startShop } from '../../support/running-shop.ts'

/** The database that this worker's tests use: that of the shop opened last. */
let currentDatabaseUrl: string | undefined

/**
 * A shop on a clean machine, started like in the README: an empty data folder, the built server, its own PostgreSQL.
 * Until it stops, the test's own pool is connected to its database.
 */
export async function openShop(settings: Record<string, string> = {}): Promise<RunningShop> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'till-e2e-'))
  const shop = await startShop({ dataDir }, settings)
  const database = await startEmbedded(dataDir)
  const former = currentDatabaseUrl
  await lookInto(database.url)
  return {
    ...shop,
    stop: async () => {
      await shop.stop()
      await lookInto(former)
      await database.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function lookInto(url: string | undefined) {
  if (currentDatabaseUrl) {
    await closeOutbox()
    await closeDb()
  }
  currentDatabaseUrl = url
  if (!url) return
  connect(url, { max: 4 })
  await openOutbox()
}
