/** The parts of the process that live in the server's bundle: pool, jobs. server.ts starts and ends them. */
import { sql } from 'drizzle-orm'
import { getOrCreateSetupCode } from '#app/domain/accounts/setup.server.ts'
import { sealTwoFactorSecrets } from '#app/domain/accounts/two-factor.server.ts'
import { startListening, stopListening } from '#app/domain/realtime/listener.server.ts'
import { urls } from '#app/urls.ts'
import { closeDb, connect, db } from '#db/client.ts'
import { getPowerfulRole } from '#db/app-role.ts'
import { prepareDatabase } from '#db/migrate.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import type { Env } from '#env'
import { startWorker, type Worker } from '#jobs/worker.ts'
import { log } from './log.ts'
import { reportError } from './sentry.server.ts'

let worker: Worker | undefined
let isMigrated = false

/** Migrates, opens the pool, starts the jobs that ROLE asks for. The link that claims a new shop, or null. */
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
  if (role !== 'web') worker = await startWorker({ databaseUrl, onError })
  const code = role === 'worker' ? null : await getOrCreateSetupCode()
  return { setupLink: code && appOrigin + urls.setup(code) }
}

/** A shop whose role owns its tables works, and is one injected statement away from losing its audit log. */
async function warnOfPowerfulRole() {
  const found = await getPowerfulRole()
  if (found)
    log.warn(
      `DATABASE_URL is the role "${found.role}", which can change and drop the shop's tables and its audit log. Let the ` +
        `shop have a role that cannot: CREATE ROLE till_app LOGIN PASSWORD 'choose-one'; ` +
        `GRANT CONNECT ON DATABASE "${found.database}" TO till_app; then start with the present address as ` +
        `DATABASE_OWNER_URL, and with till_app in DATABASE_URL.`,
    )
}

/** Before anything is served: afterwards nothing is in the clear, and older secrets can be taken out of the list. */
async function sealSecrets() {
  const { unreadable } = await sealTwoFactorSecrets()
  if (unreadable > 0)
    log.warn(
      { accounts: unreadable },
      'the second factor of these accounts was sealed with a SESSION_SECRET that is not set any more: put it back at the end of the list, or run npm run way-in -- EMAIL --without-second-factor',
    )
}

function onError(error: unknown, about: { queue?: string; jobId?: string }) {
  // Without a job it is the queue itself, which connects again by itself.
  if (!about.queue) return log.warn({ err: error }, 'the job queue was disturbed')
  log.error({ ...about, err: error }, 'job failed')
  reportError(error, about)
}

/** Ready: migrated, and the database answers now. */
export async function health(): Promise<{ ready: boolean; database: boolean; migrations: boolean }> {
  const database =
    isMigrated &&
    (await db.execute(sql`select 1`).then(
      () => true,
      () => false,
    ))
  return { ready: database && isMigrated, database, migrations: isMigrated }
}

/** Lets running jobs finish, then closes queue and pool. */
export async function shutdown() {
  await stopListening()
  await worker?.stop()
  await closeOutbox()
  await closeDb()
}
