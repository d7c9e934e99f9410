import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { findProducts, listedColumns } from '#app/domain/products/find-products.server.ts'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { products, relatedProducts } from '#db/schema/index.ts'
import { maxPicked } from './related-products.ts'

/** The products that staff chose to show with this one, in their order, unpublished ones included. */
export async function listPickedProducts(productId: number) {
  return db
    .select(listedColumns())
    .from(relatedProducts)
    .innerJoin(products, eq(products.id, relatedProducts.relatedId))
    .where(eq(relatedProducts.productId, productId))
    .orderBy(asc(relatedProducts.position), asc(relatedProducts.relatedId))
}

/** Their ids: a page of the product depends on them even while they are not published. */
export async function listPickedIds(productId: number): Promise<number[]> {
  const rows = await db
    .select({ id: relatedProducts.relatedId })
    .from(relatedProducts)
    .where(eq(relatedProducts.productId, productId))
  return rows.map(({ id }) => id)
}

/** One page of the products that can still be chosen for this one, by part of title or vendor. */
export function findProductsToPick(productId: number, query: string, page: number) {
  const picked = db
    .select({ id: relatedProducts.relatedId })
    .from(relatedProducts)
    .where(eq(relatedProducts.productId, productId))
  return findProducts(sql`${products.id} <> ${productId} and ${products.id} not in ${picked}`, query, page)
}

export type PickResult = { ok: true; added: number } | { ok: false; reason: 'not-found' | 'too-many' }

/**
 * Adds related products at the end. Those that are chosen already keep their position; the product itself and deleted
 * ones are ignored. Refuses all of them when there would be more than `maxPicked`.
 */
export async function pickProducts(input: {
  productId: number
  relatedIds: number[]
  by: number
}): Promise<PickResult> {
  const { productId, relatedIds, by } = input
  return auditedTransaction(by, async (tx) => {
    const picked = await lockPicked(tx, productId)
    if (!picked) return { ok: false, reason: 'not-found' }
    const existing = await tx
      .select({ id: products.id })
      .from(products)
      .where(inArray(products.id, [0, ...relatedIds]))
    const added = [...new Set(relatedIds)].filter(
      (id) => id !== productId && !picked.includes(id) && existing.some((row) => row.id === id),
    )
    if (picked.length + added.length > maxPicked) return { ok: false, reason: 'too-many' }
    await renumber(tx, productId, picked)
    if (added.length > 0)
      await tx.insert(relatedProducts).values(
        added.map((relatedId, index) => ({
          ...{ productId, relatedId },
          position: picked.length + index + 1,
        })),
      )
    return { ok: true, added: added.length }
  })
}

/** Removes a related product. Safe to repeat. */
export async function removePickedProduct(input: {
  productId: number
  relatedId: number
  by: number
}): Promise<void> {
  const { productId, relatedId } = input
  await auditedTransaction(input.by, (tx) =>
    tx
      .delete(relatedProducts)
      .where(and(eq(relatedProducts.productId, productId), eq(relatedProducts.relatedId, relatedId))),
  )
}

/** Moves a related product to a position (1 is first) and shifts the others. */
export async function movePickedProduct(input: {
  productId: number
  relatedId: number
  position: number
  by: number
}): Promise<boolean> {
  const { productId, relatedId, position } = input
  return auditedTransaction(input.by, async (tx) => {
    const picked = await lockPicked(tx, productId)
    if (!picked?.includes(relatedId)) return false
    const others = picked.filter((id) => id !== relatedId)
    await renumber(tx, productId, others.toSpliced(position - 1, 0, relatedId))
    return true
  })
}

/** The product's row is the lock of its list. */
async function lockPicked(tx: Tx, productId: number): Promise<number[] | null> {
  const [product] = await tx
    .select({ id: products.id })
    .from(products)
    .where(eq(products.id, productId))
    .for('no key update')
  if (!product) return null
  const rows = await tx
    .select({ id: relatedProducts.relatedId })
    .from(relatedProducts)
    .where(eq(relatedProducts.productId, productId))
    .orderBy(asc(relatedProducts.position), asc(relatedProducts.relatedId))
  return rows.map(({ id }) => id)
}

/** One statement; rows with the right position are not written. */
async function renumber(tx: Tx, productId: number, relatedIds: number[]) {
  await tx.execute(sql`
    update ${relatedProducts} r set position = place.position
    from unnest(${sql.param(relatedIds)}::bigint[]) with ordinality as place (related_id, position)
    where r.product_id = ${productId} and r.related_id = place.related_id and r.position <> place.position`)
}
