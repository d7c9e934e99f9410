import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { closeDb, connect } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { type RunningShop, startShop } from '../../support/running-shop.ts'

/**
 * A shop on a machine that has nothing, as the two commands of the README start it: an empty data folder, the
 * built server, PostgreSQL of its own. The test's own pool is connected to the same database.
 */
export async function openShop(settings: Record<string, string> = {}): Promise<RunningShop> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'till-e2e-'))
  const shop = await startShop({ dataDir }, settings)
  const database = await startEmbedded(dataDir)
  connect(database.url, { max: 4 })
  return {
    ...shop,
    stop: async () => {
      await shop.stop()
      await closeDb()
      await database.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
