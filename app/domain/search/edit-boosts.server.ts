import { asc, eq, inArray, notInArray, sql } from 'drizzle-orm'
import { findProducts, listedColumns } from '#app/domain/products/find-products.server.ts'
import { auditedTransaction, db } from '#db/client.ts'
import { products, searchBoosts } from '#db/schema/index.ts'
import { maxBoosts, type Ranking } from './boosts.ts'

/** The products with a ranking of their own: higher ones first, then by title. */
export function listBoosts() {
  return db
    .select({ ...listedColumns(), ranking: searchBoosts.ranking })
    .from(searchBoosts)
    .innerJoin(products, eq(products.id, searchBoosts.productId))
    .orderBy(asc(searchBoosts.ranking), asc(products.title), asc(products.id))
}

/** One page of the products without a ranking of their own, by part of title or vendor. */
export function findProductsToBoost(query: string, page: number) {
  const boosted = db.select({ id: searchBoosts.productId }).from(searchBoosts)
  return findProducts(sql`${products.id} not in ${boosted}`, query, page)
}

export type BoostResult = { ok: true; changed: number } | { ok: false; reason: 'too-many' }

/**
 * Ranks products higher or lower in all searches, whatever their ranking was; deleted ones are ignored. Refuses all of
 * them when more than `maxBoosts` products would have a ranking.
 */
export async function boostProducts(input: {
  productIds: number[]
  ranking: Ranking
  by: number
}): Promise<BoostResult> {
  const { productIds, ranking } = input
  return auditedTransaction(input.by, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('search boosts'))`)
    const existing = await tx
      .select({ id: products.id })
      .from(products)
      .where(inArray(products.id, [0, ...productIds]))
      .orderBy(asc(products.id))
    const ids = existing.map(({ id }) => id)
    const others = await tx.$count(searchBoosts, notInArray(searchBoosts.productId, [0, ...ids]))
    if (others + ids.length > maxBoosts) return { ok: false, reason: 'too-many' }
    if (ids.length === 0) return { ok: true, changed: 0 }
    const changed = await tx
      .insert(searchBoosts)
      .values(ids.map((productId) => ({ productId, ranking })))
      .onConflictDoUpdate({
        target: searchBoosts.productId,
        set: { ranking },
        setWhere: sql`${searchBoosts.ranking} <> ${ranking}`,
      })
      .returning({ productId: searchBoosts.productId })
    return { ok: true, changed: changed.length }
  })
}

/** Ranks a product normally again. Safe to repeat. */
export async function removeBoost(productId: number, by: number): Promise<void> {
  await auditedTransaction(by, (tx) => tx.delete(searchBoosts).where(eq(searchBoosts.productId, productId)))
}
