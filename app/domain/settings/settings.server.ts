import { createHash } from 'node:crypto'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { isoDigits } from '#app/domain/money.ts'
import { changePosition, hasChangedSince } from '#app/domain/realtime/listener.server.ts'
import { auditedTransaction, db, preparedQuery, type Tx } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'
import { orders, settings, users } from '#db/schema/index.ts'
import type { SettingsSection } from '#app/urls.ts'
import {
  generalSettings,
  invoiceSettings,
  marketingSettings,
  paymentSettings,
  regionSettings,
  securitySettings,
} from './settings.schema.ts'

export type Settings = typeof settings.$inferSelect

/** What a form of the settings can change. */
export type SettingsValues = Omit<Settings, 'id' | 'currencyDigits' | 'version' | 'updatedAt'>

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
export async function isCurrencyFixed(tx: Pick<Tx, 'select'> = db): Promise<boolean> {
  const [row] = await tx.select({ id: orders.id }).from(orders).limit(1)
  return row !== undefined
}

/** What the form of each section shows. The shipping rate is typed in the store's currency. */
const shownFields: Record<SettingsSection, (keyof SettingsValues)[]> = {
  general: fieldsOf(generalSettings),
  region: fieldsOf(regionSettings),
  shipping: [
    ...(['shippingLabel', 'shippingRate', 'shippingDaysMin', 'shippingDaysMax'] as const),
    ...(['shippingCountries', 'currency'] as const),
  ],
  taxes: [
    ...(['storeCountry', 'storeRegion', 'pricesIncludeTax', 'taxLabel'] as const),
    ...(['shippingTax', 'shippingTaxClassId', 'allowsReverseCharge'] as const),
  ],
  payments: fieldsOf(paymentSettings),
  invoices: fieldsOf(invoiceSettings),
  marketing: fieldsOf(marketingSettings),
  security: fieldsOf(securitySettings),
}

function fieldsOf<Field extends keyof SettingsValues>({ shape }: { shape: Record<Field, unknown> }) {
  return Object.keys(shape) as Field[]
}

/** The version of a section: another one when a value that its form shows has changed. */
export function sectionVersion(section: SettingsSection, stored: Settings): string {
  const shown = shownFields[section].map((field) => stored[field])
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url')
}

export type UpdateSettingsResult =
  { ok: true } | { ok: false; reason: 'currency-fixed' | 'stale' | 'no-two-factor' | 'class-deleted' }

/**
 * Saves the settings of one section. Refuses when the section was saved since `version`, a new currency once there are
 * orders, a tax class that was deleted, and requiring two-factor authentication of staff when the user has not set it
 * up: they would lock themselves out.
 */
export async function updateSettings(input: {
  section: SettingsSection
  version: string
  values: Partial<SettingsValues>
  by: number
}): Promise<UpdateSettingsResult> {
  const { section, version, values, by } = input
  if (values.staffNeedTwoFactor && !(await hasTwoFactor(by))) return { ok: false, reason: 'no-two-factor' }
  const result = await saving(by, async (tx) => {
    const [stored] = await tx.select().from(settings).for('update')
    if (!stored || sectionVersion(section, stored) !== version) return { ok: false, reason: 'stale' }
    const isNewCurrency = values.currency !== undefined && values.currency !== stored.currency
    if (isNewCurrency && (await isCurrencyFixed(tx))) return { ok: false, reason: 'currency-fixed' }
    const digits = isNewCurrency ? { currencyDigits: isoDigits(values.currency!) } : {}
    await tx
      .update(settings)
      .set({ ...values, ...digits, version: stored.version + 1, updatedAt: sql`now()` })
    return { ok: true }
  })
  // The next page shows the new settings even if the announcement has not arrived yet.
  clearCache()
  return result
}

async function saving(by: number, work: (tx: Tx) => Promise<UpdateSettingsResult>) {
  try {
    return await auditedTransaction(by, work)
  } catch (error) {
    if (violatedConstraint(error) === 'settings_shipping_tax_class_id_tax_classes_id_fk')
      return { ok: false, reason: 'class-deleted' } as const
    throw error
  }
}

async function hasTwoFactor(userId: number): Promise<boolean> {
  return (await db.$count(users, and(eq(users.id, userId), isNotNull(users.totpEnabledAt)))) > 0
}
