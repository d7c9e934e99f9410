import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { findProducts, listedColumns } from '#app/domain/products/find-products.server.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { products, searchPinProducts, searchPins } from '#db/schema/index.ts'
import { maxPinned, maxPins } from './pins.schema.ts'
import { normalizeQuery } from './search.ts'

/** The queries with pinned products, by text, with the number of products that shoppers see. */
export function listPins() {
  const { id, query } = searchPins
  const shown = sql<number>`(select count(*)::int from ${searchPinProducts}
    join ${products} on ${products.id} = ${searchPinProducts.productId}
    where ${searchPinProducts.pinId} = search_pins.id and ${isPublished})`
  return db
    .select({ id, query, shown })
    .from(searchPins)
    .orderBy(asc(sql`${searchPins.folded} collate "C"`))
}

/** A query with its pinned products in their order, unpublished ones included; null when there is none. */
export async function getPin(id: number) {
  const [pin] = await db.select().from(searchPins).where(eq(searchPins.id, id))
  if (!pin) return null
  const pinned = await db
    .select(listedColumns())
    .from(searchPinProducts)
    .innerJoin(products, eq(products.id, searchPinProducts.productId))
    .where(eq(searchPinProducts.pinId, id))
    .orderBy(asc(searchPinProducts.position), asc(searchPinProducts.productId))
  return { id: pin.id, query: pin.query, products: pinned }
}

/** One page of the products that can still be pinned to the query, by part of title or vendor. */
export function findProductsToPin(pinId: number, query: string, page: number) {
  const pinned = db
    .select({ id: searchPinProducts.productId })
    .from(searchPinProducts)
    .where(eq(searchPinProducts.pinId, pinId))
  return findProducts(sql`${products.id} not in ${pinned}`, query, page)
}

export type CreatePinResult =
  { ok: true; id: number; isNew: boolean } | { ok: false; reason: 'no-letters' | 'too-many' }

/**
 * Adds a query. A query that differs only in case, accents or punctuation is the same one: then that is returned.
 * Refused when there are `maxPins` already.
 */
export async function createPin(input: { query: string; by: number }): Promise<CreatePinResult> {
  const query = normalizeQuery(input.query)
  return auditedTransaction(input.by, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('search pins'))`)
    const [row] = await tx.execute<{ folded: string }>(sql`select search_title(${query}) as folded`)
    const { folded } = row!
    if (folded === '') return { ok: false, reason: 'no-letters' }
    const [existing] = await tx
      .select({ id: searchPins.id })
      .from(searchPins)
      .where(eq(searchPins.folded, folded))
    if (existing) return { ok: true, id: existing.id, isNew: false }
    if ((await tx.$count(searchPins)) >= maxPins) return { ok: false, reason: 'too-many' }
    const [made] = await tx.insert(searchPins).values({ query, folded }).returning({ id: searchPins.id })
    return { ok: true, id: made!.id, isNew: true }
  })
}

/** Deletes a query with its pins. Safe to repeat. */
export async function deletePin(id: number, by: number): Promise<void> {
  await auditedTransaction(by, async (tx) => {
    // The lock of the list, as for adding; and before the query, so that the audit log can name it.
    await lockPinned(tx, id)
    await tx.delete(searchPinProducts).where(eq(searchPinProducts.pinId, id))
    await tx.delete(searchPins).where(eq(searchPins.id, id))
  })
}

export type PinProductsResult = { ok: true; added: number } | { ok: false; reason: 'not-found' | 'too-many' }

/**
 * Pins products at the end. Those that are pinned already keep their position; deleted ones are ignored. Refuses all of
 * them when there would be more than `maxPinned`.
 */
export async function pinProducts(input: {
  pinId: number
  productIds: number[]
  by: number
}): Promise<PinProductsResult> {
  const { pinId, productIds, by } = input
  return auditedTransaction(by, async (tx) => {
    const pinned = await lockPinned(tx, pinId)
    if (!pinned) return { ok: false, reason: 'not-found' }
    const existing = await tx
      .select({ id: products.id })
      .from(products)
      .where(inArray(products.id, [0, ...productIds]))
    const added = [...new Set(productIds)].filter(
      (id) => !pinned.includes(id) && existing.some((row) => row.id === id),
    )
    if (pinned.length + added.length > maxPinned) return { ok: false, reason: 'too-many' }
    await renumber(tx, pinId, pinned)
    if (added.length > 0)
      await tx
        .insert(searchPinProducts)
        .values(added.map((productId, index) => ({ pinId, productId, position: pinned.length + index + 1 })))
    return { ok: true, added: added.length }
  })
}

/** Unpins a product. Safe to repeat. */
export async function unpinProduct(input: { pinId: number; productId: number; by: number }): Promise<void> {
  const { pinId, productId } = input
  const isIt = and(eq(searchPinProducts.pinId, pinId), eq(searchPinProducts.productId, productId))
  await auditedTransaction(input.by, (tx) => tx.delete(searchPinProducts).where(isIt))
}

/** Moves a pinned product to a position (1 is first) and shifts the others. */
export async function movePinned(input: {
  pinId: number
  productId: number
  position: number
  by: number
}): Promise<boolean> {
  const { pinId, productId, position } = input
  return auditedTransaction(input.by, async (tx) => {
    const pinned = await lockPinned(tx, pinId)
    if (!pinned?.includes(productId)) return false
    const others = pinned.filter((id) => id !== productId)
    await renumber(tx, pinId, others.toSpliced(position - 1, 0, productId))
    return true
  })
}

/** The query's row is the lock of its list. */
async function lockPinned(tx: Tx, pinId: number): Promise<number[] | null> {
  const [pin] = await tx
    .select({ id: searchPins.id })
    .from(searchPins)
    .where(eq(searchPins.id, pinId))
    .for('update')
  if (!pin) return null
  const rows = await tx
    .select({ id: searchPinProducts.productId })
    .from(searchPinProducts)
    .where(eq(searchPinProducts.pinId, pinId))
    .orderBy(asc(searchPinProducts.position), asc(searchPinProducts.productId))
  return rows.map(({ id }) => id)
}

/** One statement; rows with the right position are not written. */
async function renumber(tx: Tx, pinId: number, productIds: number[]) {
  await tx.execute(sql`
    update ${searchPinProducts} p set position = place.position
    from unnest(${sql.param(productIds)}::bigint[]) with ordinality as place (product_id, position)
    where p.pin_id = ${pinId} and p.product_id = place.product_id and p.position <> place.position`)
}
