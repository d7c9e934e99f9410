/** Migrates the database to the schema that this code expects. */
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import postgres from 'postgres'
import { createRoleIfMissing, grantToApp, parseRole } from './app-role.ts'
import { postgresCode } from './errors.ts'
import { deadLetters, queues } from './queues.ts'

const oldest = 15
/** Held while migrating, so that of several processes starting at once one migrates and the others wait. */
const migrating = 20_260_002

/**
 * Migrates the database as the role of `ownerUrl`. Without one, as the role of `databaseUrl`, if it has the rights;
 * otherwise the database must be migrated already, and this throws when it is not.
 */
export async function prepareDatabase(urls: {
  databaseUrl: string
  ownerUrl?: string | undefined
}): Promise<void> {
  if (urls.ownerUrl) return migrate(urls.ownerUrl, urls.databaseUrl)
  if (await mayMigrate(urls.databaseUrl)) await migrate(urls.databaseUrl)
}

/**
 * Applies the missing migrations of `drizzle/`, each once, also when several processes start at the same time. Also
 * creates the job queues and grants access to the role of `appUrl`. Refuses PostgreSQL older than 15. A migration waits
 * two seconds for a lock, then releases its locks and retries.
 */
export async function migrate(ownerUrl: string, appUrl = ownerUrl): Promise<void> {
  const app = parseRole(appUrl)
  await onOneConnection(ownerUrl, async (owner) => {
    const [found] = await owner<{ major: number; role: string }[]>`
      select current_setting('server_version_num')::int / 10000 as major, current_user as role`
    if (found!.major < oldest)
      throw new Error(
        `Till needs PostgreSQL ${oldest} or newer, but this server runs PostgreSQL ${found!.major}`,
      )
    await owner`select pg_advisory_lock(${migrating})`
    await owner`set lock_timeout = '2s'`
    const hasOwnRole = app && app.name !== found!.role
    if (hasOwnRole) await createRoleIfMissing(owner, app)
    await retryOnLockTimeout(() => applyMigrations(drizzle(owner), { migrationsFolder: migrationsFolder() }))
    await createQueues(ownerUrl)
    if (hasOwnRole) await retryOnLockTimeout(() => grantToApp(owner, app.name))
  })
}

/** False when nothing is left to do; throws when there is and this role lacks the rights. */
async function mayMigrate(url: string): Promise<boolean> {
  return onOneConnection(url, async (sql) => {
    const [database] = await sql<{ allowed: boolean; migrated: boolean }[]>`
      select has_database_privilege(current_database(), 'create') as allowed,
        has_schema_privilege(to_regnamespace('drizzle'), 'usage') as migrated`
    if (database!.allowed) return true
    const [last] = database!.migrated
      ? await sql<{ at: string | null }[]>`select max(created_at) as at from drizzle.__drizzle_migrations`
      : []
    if (Number(last?.at) >= newestMigration()) return false
    throw new Error(
      'The database must be migrated first, and the role of DATABASE_URL may not do that: ' +
        'set DATABASE_OWNER_URL to the role that owns the tables, or run npm run migrate with it',
    )
  })
}

async function onOneConnection<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const client = postgres(url, {
    max: 1,
    connect_timeout: 5,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: 'till-migrate', lock_timeout: 0, statement_timeout: 0 },
  })
  try {
    return await work(client)
  } finally {
    await client.end({ timeout: 5 })
  }
}

/** Retries work that did not get its locks in two seconds. */
async function retryOnLockTimeout<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
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
      // A queue keeps the policy that it was created with.
      const { deadLetter, policy: _, ...changeable } = options
      await boss.updateQueue(name, { ...changeable, deadLetter })
    }
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** The timestamp of the last migration, which is what Drizzle compares. */
function newestMigration(): number {
  const journal = JSON.parse(readFileSync(path.join(migrationsFolder(), 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[]
  }
  return Math.max(...journal.entries.map(({ when }) => when))
}

/** Beside package.json, whether this runs from db/ or from the bundle in build/server/. */
function migrationsFolder() {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'drizzle')
    if (existsSync(path.join(candidate, 'meta/_journal.json'))) return candidate
    if (folder === path.dirname(folder)) throw new Error('The folder drizzle/ with the migrations is missing')
  }
}
