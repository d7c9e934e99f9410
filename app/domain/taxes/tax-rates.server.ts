import { and, asc, eq, sql } from 'drizzle-orm'
import { countryName } from '#app/domain/shipping/countries.ts'
import { regionName } from '#app/domain/shipping/places.server.ts'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'
import { taxClasses, taxRates } from '#db/schema/index.ts'
import type { RateFacts } from './tax.schema.ts'

/** All rates with the names of their places and classes: by country, the whole country before its regions. */
export async function listTaxRates() {
  const rows = await db
    .select({ rate: taxRates, taxClass: taxClasses.title })
    .from(taxRates)
    .leftJoin(taxClasses, eq(taxClasses.id, taxRates.taxClassId))
    .orderBy(asc(taxRates.country), asc(taxRates.region), sql`${taxClasses.title} nulls first`)
  return rows
    .map(({ rate, taxClass }) => ({
      ...rate,
      taxClass,
      countryName: countryName(rate.country, 'en'),
      regionName: regionName(rate),
    }))
    .sort((a, b) => a.countryName.localeCompare(b.countryName, 'en'))
}

/** How many rates there are. */
export const countTaxRates = (): Promise<number> => db.$count(taxRates)

/** A rate for its form; null when there is none. */
export async function getTaxRate(id: number) {
  const [rate] = await db.select().from(taxRates).where(eq(taxRates.id, id))
  return rate ?? null
}

export type SaveRateResult =
  { ok: true } | { ok: false; reason: 'rate-taken' | 'class-deleted' | 'stale' | 'not-found' }

/** Adds a rate. Refused when the place has one for the class. */
export function createTaxRate(input: RateFacts & { by: number }): Promise<SaveRateResult> {
  const { by, ...facts } = input
  return saving(by, async (tx) => {
    await tx.insert(taxRates).values(facts)
    return { ok: true }
  })
}

/** Saves a rate's form. Refused like createTaxRate, and when it was saved since `version`. */
export function updateTaxRate(
  input: RateFacts & { id: number; version: number; by: number },
): Promise<SaveRateResult> {
  const { id, version, by, ...facts } = input
  return saving(by, async (tx) => {
    const saved = await tx
      .update(taxRates)
      .set({ ...facts, version: version + 1, updatedAt: sql`now()` })
      .where(and(eq(taxRates.id, id), eq(taxRates.version, version)))
      .returning({ id: taxRates.id })
    if (saved.length > 0) return { ok: true }
    const isThere = (await tx.$count(taxRates, eq(taxRates.id, id))) > 0
    return { ok: false, reason: isThere ? 'stale' : 'not-found' }
  })
}

/** Deletes a rate; null when there is none. */
export async function deleteTaxRate(id: number, by: number): Promise<{ ok: true } | null> {
  const deleted = await auditedTransaction(by, (tx) =>
    tx.delete(taxRates).where(eq(taxRates.id, id)).returning({ id: taxRates.id }),
  )
  return deleted.length > 0 ? { ok: true } : null
}

async function saving(by: number, work: (tx: Tx) => Promise<SaveRateResult>): Promise<SaveRateResult> {
  try {
    return await auditedTransaction(by, work)
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'tax_rates_key') return { ok: false, reason: 'rate-taken' }
    if (constraint === 'tax_rates_tax_class_id_tax_classes_id_fk')
      return { ok: false, reason: 'class-deleted' }
    throw error
  }
}
