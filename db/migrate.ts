import path from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { PgBoss } from 'pg-boss'
import postgres from 'postgres'
import { deadLetters, queues } from './queues.ts'

/** Oldest server that the shop runs on. */
const oldestVersion = 15
const migrationLock = 20260002

/**
 * Brings the database to this version of the shop: tables, triggers and job queues. Of several processes
 * that start at once one does the work while the others wait. Throws for a server older than 15.
 */
export async function migrate(url: string, migrationsFolder = path.resolve('drizzle')): Promise<void> {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => {},
    connect_timeout: 5,
    connection: { application_name: 'till-migrate' },
  })
  try {
    const [server] = await sql`select current_setting('server_version_num')::int / 10000 as version`
    if (server!.version < oldestVersion)
      throw new Error(
        `PostgreSQL ${oldestVersion} or newer is needed; this server is version ${server!.version}`,
      )
    await sql`select pg_advisory_lock(${migrationLock})`
    await applyMigrations(drizzle(sql), { migrationsFolder })
    await createQueues(url)
  } finally {
    await sql.end()
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
