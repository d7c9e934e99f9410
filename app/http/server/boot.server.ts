/** The parts of the process that live in the server's bundle: pool and jobs. server.ts starts and stops them. */
import { sql } from 'drizzle-orm'
import { getOrCreateSetupCode } from '#app/domain/setup/setup.server.ts'
import { sealTwoFactorSecrets } from '#app/domain/accounts/two-factor.server.ts'
import { startListening, stopListening } from '#app/domain/realtime/listener.server.ts'
import { urls } from '#app/urls.ts'
import { closeDb, connect, db } from '#db/client.ts'
import { findPrivilegedRole } from '#db/app-role.ts'
import { prepareDatabase } from '#db/migrate.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import type { Env } from '#env'
import { startWorker, type Worker } from '#jobs/worker.ts'
import { storeCountedSearches } from '#app/http/session/count-searches.server.ts'
import { log } from './log.ts'
import { reportError } from './sentry.server.ts'

let worker: Worker | undefined
let isMigrated = false

/** Migrates, opens the pool, starts the jobs that ROLE asks for. Returns the setup link of a new store, or null. */
export async function boot(settings: Env & { databaseUrl: string }) {
  const { databaseUrl, databaseOwnerUrl, role, appOrigin, logLevel } = settings
  log.level = logLevel
  await prepareDatabase({ databaseUrl, ownerUrl: databaseOwnerUrl })
  connect(databaseUrl)
  await warnOfPowerfulRole()
  await sealSecrets()
  await openOutbox()
  if (role !== 'worker') await startListening(databaseUrl)
  isMigrated = true
  if (role !== 'web') worker = await startWorker({ databaseUrl, onError, onDone })
  const code = role === 'worker' ? null : await getOrCreateSetupCode()
  return { setupLink: code && appOrigin + urls.setup(code) }
}

/** A store whose role owns its tables works, but one injected statement could delete its audit log. */
async function warnOfPowerfulRole() {
  const found = await findPrivilegedRole()
  if (found)
    log.warn(
      `DATABASE_URL is the role "${found.role}", which can change and drop the store's tables and audit log. Create a ` +
        `role without these rights: CREATE ROLE till_app LOGIN PASSWORD 'choose-one'; ` +
        `GRANT CONNECT ON DATABASE "${found.database}" TO till_app; then start with the current URL as ` +
        `DATABASE_OWNER_URL, and with till_app in DATABASE_URL.`,
    )
}

/**
 * Before anything is served: afterwards no secret is stored in the clear, and older secrets can be removed from the
 * list.
 */
async function sealSecrets() {
  const { unreadable } = await sealTwoFactorSecrets()
  if (unreadable > 0)
    log.warn(
      { accounts: unreadable },
      'the two-factor secrets of these accounts were encrypted with a SESSION_SECRET that is no longer set: add it back at the end of the list, or run npm run recover-account -- EMAIL --without-two-factor',
    )
}

function onError(error: unknown, about: { queue?: string; jobId?: string }) {
  // Without a job it is the queue itself, which reconnects by itself.
  if (!about.queue) return log.warn({ err: error }, 'job queue error')
  log.error({ ...about, err: error }, 'job failed')
  reportError(error, about)
}

/** Ids only: an order's line in the log leads to its email's job by the order's id. */
function onDone(job: { queue: string; jobId: string }) {
  log.info(job, 'job completed')
}

/** Readiness: migrated, and the database answers. */
export async function health(): Promise<{ ready: boolean; database: boolean; migrations: boolean }> {
  const database =
    isMigrated &&
    (await db.execute(sql`select 1`).then(
      () => true,
      () => false,
    ))
  return { ready: database && isMigrated, database, migrations: isMigrated }
}

/** Stores what was counted, lets running jobs finish, then closes queue and pool. */
export async function shutdown() {
  await storeCountedSearches()
  await stopListening()
  await worker?.stop()
  await closeOutbox()
  await closeDb()
}
