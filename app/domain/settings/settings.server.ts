import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { changePosition, hasChangedSince } from '#app/domain/realtime/listener.server.ts'
import { auditedTransaction, db, preparedQuery, type Tx } from '#db/client.ts'
import { orders, settings, users } from '#db/schema/index.ts'

export type Settings = typeof settings.$inferSelect

/** What a form of the settings can change. */
export type SettingsValues = Omit<Settings, 'id' | 'version' | 'updatedAt'>

type Cached = { position: number; settings: Promise<Settings | null> }

let cached: Cached | undefined

/**
 * The shop's settings; null until the owner has set up the shop. Cached until an announcement says that they changed;
 * read from the database while this process is not connected to the announcements. A command that must not use settings
 * which another process has just replaced calls `readSettings`.
 */
export function getSettings(): Promise<Settings | null> {
  // A change of settings is announced as a change of everything.
  if (cached && !hasChangedSince(cached.position, [])) return cached.settings
  const position = changePosition()
  const settings = readSettings()
  const entry = position === null ? undefined : { position, settings }
  cached = entry
  settings.catch(() => cached === entry && clearCache())
  return settings
}

function clearCache() {
  cached = undefined
}

/** The settings as they are in the database now. */
export async function readSettings(): Promise<Settings | null> {
  const [row] = await selectSettings()
  return row ?? null
}

const selectSettings = preparedQuery((db) => db.select().from(settings).prepare('settings'))

/** Inserts the settings when the owner sets up the shop, as a step of the caller's transaction. */
export async function createSettings(tx: Tx, values: typeof settings.$inferInsert): Promise<void> {
  await tx.insert(settings).values(values)
}

/** Whether the currency is fixed: once an order exists, because its amounts would change meaning. */
export async function isCurrencyFixed(): Promise<boolean> {
  const [row] = await db.select({ id: orders.id }).from(orders).limit(1)
  return row !== undefined
}

export type UpdateSettingsResult =
  { ok: true } | { ok: false; reason: 'currency-fixed' | 'stale' | 'no-two-factor' }

/**
 * Saves these settings and leaves the others. Refuses when another user saved since `version`, a new currency once there are orders, and
 * requiring two-factor authentication of staff when the user has not set it up: they would lock themselves out.
 */
export async function updateSettings(
  input: Partial<SettingsValues> & { version: number; by: number },
): Promise<UpdateSettingsResult> {
  const { version, by, ...values } = input
  if (values.staffNeedTwoFactor && !(await hasTwoFactor(by))) return { ok: false, reason: 'no-two-factor' }
  const hasOrders = sql`exists (select from ${orders})`
  const saved = await auditedTransaction(by, (tx) =>
    tx
      .update(settings)
      .set({ ...values, version: version + 1, updatedAt: sql`now()` })
      .where(
        and(
          eq(settings.version, version),
          values.currency === undefined
            ? undefined
            : sql`(${settings.currency} = ${values.currency} or not ${hasOrders})`,
        ),
      )
      .returning({ id: settings.id }),
  )
  // The next page shows the new settings even if the announcement has not arrived yet.
  clearCache()
  if (saved.length) return { ok: true }
  const [current] = await db.select().from(settings).where(eq(settings.id, 1))
  return { ok: false, reason: current?.version === version ? 'currency-fixed' : 'stale' }
}

async function hasTwoFactor(userId: number): Promise<boolean> {
  return (await db.$count(users, and(eq(users.id, userId), isNotNull(users.totpEnabledAt)))) > 0
}
