/** Brings the database to the shape this code expects. */
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import postgres from 'postgres'
import { postgresCode } from './errors.ts'
import { deadLetters, queues } from './queues.ts'

const oldest = 15
/** Held while migrating, so that of several processes starting at once one migrates and the others wait. */
const migrating = 20_260_002

/**
 * Applies the migrations of `drizzle/` that are missing, each once, also when several processes start at the
 * same time. Creates the job queues too. Refuses PostgreSQL older than 15. A migration waits two seconds for a
 * lock, then lets the traffic pass and tries again.
 */
export async function migrate(url: string) {
  const client = postgres(url, {
    max: 1,
    connect_timeout: 5,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: 'till-migrate', lock_timeout: 0, statement_timeout: 0 },
  })
  try {
    const [found] = await client`select current_setting('server_version_num')::int / 10000 as major`
    if (Number(found?.major) < oldest)
      throw new Error(
        `Till needs PostgreSQL ${oldest} or newer, this server is PostgreSQL ${String(found?.major)}`,
      )
    await client`select pg_advisory_lock(${migrating})`
    await client`set lock_timeout = '2s'`
    await applyPatiently(client)
    await createQueues(url)
  } finally {
    await client.end({ timeout: 5 })
  }
}

async function applyPatiently(client: postgres.Sql) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await applyMigrations(drizzle(client), { migrationsFolder: migrationsFolder() })
    } catch (error) {
      if (postgresCode(error) !== '55P03' || attempt === 30) throw error
      await wait(500)
    }
  }
}

async function createQueues(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 1, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  try {
    await boss.createQueue(deadLetters, { retentionSeconds: 30 * 24 * 60 * 60 })
    for (const [name, options] of Object.entries(queues)) {
      await boss.createQueue(name, options)
      const { deadLetter, ...changeable } = options
      await boss.updateQueue(name, { ...changeable, deadLetter })
    }
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** Beside package.json, whether this runs from db/ or from the bundle in build/server/. */
function migrationsFolder() {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'drizzle')
    if (existsSync(path.join(candidate, 'meta/_journal.json'))) return candidate
    if (folder === path.dirname(folder)) throw new Error('The folder drizzle/ with the migrations is missing')
  }
}
