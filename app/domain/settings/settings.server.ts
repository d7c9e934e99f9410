import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { auditedTransaction, db, preparedQuery } from '#db/client.ts'
import { orders, settings, users } from '#db/schema/index.ts'
import type { SettingsInput } from './settings.schema.ts'

export type Settings = typeof settings.$inferSelect

/** Loaders of one page run side by side and ask the same question: they share one query. */
let underWay: Promise<Settings | null> | undefined

/** The shop's settings; null until the owner has claimed the shop. */
export function getSettings(): Promise<Settings | null> {
  underWay ??= readSettings().finally(() => {
    underWay = undefined
  })
  return underWay
}

async function readSettings(): Promise<Settings | null> {
  const [row] = await selectSettings()
  return row ?? null
}

const selectSettings = preparedQuery((db) => db.select().from(settings).prepare('settings'))

/** Whether the currency can still change: not once an order exists, because its amounts would change meaning. */
export async function isCurrencyFixed(): Promise<boolean> {
  const [row] = await db.select({ id: orders.id }).from(orders).limit(1)
  return row !== undefined
}

export type UpdateSettingsResult =
  { ok: true } | { ok: false; reason: 'currency-fixed' | 'stale' | 'no-second-factor' }

/**
 * Saves the settings. Refuses when somebody else saved since `version` was shown, a new currency once there are
 * orders, and to ask a second factor of the staff when the one who does so has none: they would shut themselves out.
 */
export async function updateSettings(
  input: SettingsInput & { version: number; by: number },
): Promise<UpdateSettingsResult> {
  const { version, by, ...values } = input
  if (values.staffNeedTwoFactor && !(await hasSecondFactor(by)))
    return { ok: false, reason: 'no-second-factor' }
  const hasOrders = sql`exists (select from ${orders})`
  const saved = await auditedTransaction(by, (tx) =>
    tx
      .update(settings)
      .set({ ...values, version: version + 1, updatedAt: sql`now()` })
      .where(
        sql`${settings.version} = ${version} and (${settings.currency} = ${values.currency} or not ${hasOrders})`,
      )
      .returning({ id: settings.id }),
  )
  if (saved.length) return { ok: true }
  const [current] = await db.select().from(settings).where(eq(settings.id, 1))
  return { ok: false, reason: current?.version === version ? 'currency-fixed' : 'stale' }
}

async function hasSecondFactor(userId: number): Promise<boolean> {
  return (await db.$count(users, and(eq(users.id, userId), isNotNull(users.totpEnabledAt)))) > 0
}
