import { and, asc, eq, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'
import { products, settings, taxClasses, taxRates } from '#db/schema/index.ts'

export type TaxClassChoice = { id: number; title: string }

/** The tax classes by name, without the implicit standard one. */
export function listTaxClasses(): Promise<TaxClassChoice[]> {
  return db
    .select({ id: taxClasses.id, title: taxClasses.title })
    .from(taxClasses)
    .orderBy(asc(sql`lower(${taxClasses.title})`))
}

/** A tax class with what would change without it; null when there is none. */
export async function getTaxClass(id: number) {
  const [found] = await db.select().from(taxClasses).where(eq(taxClasses.id, id))
  if (!found) return null
  const [productCount, rateCount, shippingCount] = await Promise.all([
    db.$count(products, eq(products.taxClassId, id)),
    db.$count(taxRates, eq(taxRates.taxClassId, id)),
    db.$count(settings, and(eq(settings.shippingTax, 'class'), eq(settings.shippingTaxClassId, id))),
  ])
  return { ...found, productCount, rateCount, isForShipping: shippingCount > 0 }
}

export type SaveClassResult = { ok: true } | { ok: false; reason: 'title-taken' | 'stale' | 'not-found' }

/** Adds a tax class. Refused when another one has the name. */
export function createTaxClass(input: { title: string; by: number }): Promise<SaveClassResult> {
  return saving(input.by, async (tx) => {
    await tx.insert(taxClasses).values({ title: input.title })
    return { ok: true }
  })
}

/** Renames a tax class. Refused when it was saved since `version`, or another one has the name. */
export function renameTaxClass(input: {
  id: number
  version: number
  title: string
  by: number
}): Promise<SaveClassResult> {
  const { id, version, title, by } = input
  return saving(by, async (tx) => {
    const saved = await tx
      .update(taxClasses)
      .set({ title, version: version + 1 })
      .where(and(eq(taxClasses.id, id), eq(taxClasses.version, version)))
      .returning({ id: taxClasses.id })
    if (saved.length > 0) return { ok: true }
    const isThere = (await tx.$count(taxClasses, eq(taxClasses.id, id))) > 0
    return { ok: false, reason: isThere ? 'stale' : 'not-found' }
  })
}

/** Deletes a tax class with its rates: its products are taxed at the standard rate. Null when there is none. */
export function deleteTaxClass(id: number, by: number): Promise<{ title: string } | null> {
  return auditedTransaction(by, async (tx) => {
    // Before the class, so that the audit log can name it.
    await tx.delete(taxRates).where(eq(taxRates.taxClassId, id))
    const [deleted] = await tx
      .delete(taxClasses)
      .where(eq(taxClasses.id, id))
      .returning({ title: taxClasses.title })
    return deleted ?? null
  })
}

async function saving(by: number, work: (tx: Tx) => Promise<SaveClassResult>): Promise<SaveClassResult> {
  try {
    return await auditedTransaction(by, work)
  } catch (error) {
    if (violatedConstraint(error) === 'tax_classes_title_key') return { ok: false, reason: 'title-taken' }
    throw error
  }
}
