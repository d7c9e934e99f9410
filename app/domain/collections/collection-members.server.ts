import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { collectionProducts, collections, products } from '#db/schema/catalog.ts'
import { matchesRules, type RuleSet } from './collection-rules.server.ts'
import { listedColumns } from '#app/domain/products/find-products.server.ts'

export const membersPerPage = 50

/** One page of the products in a manual collection, in its order. Pages count from 1. */
export async function listMembers(collectionId: number, page: number) {
  return db
    .select({ ...listedColumns(), position: collectionProducts.position })
    .from(collectionProducts)
    .innerJoin(products, eq(products.id, collectionProducts.productId))
    .where(eq(collectionProducts.collectionId, collectionId))
    .orderBy(asc(collectionProducts.position), asc(collectionProducts.productId))
    .limit(membersPerPage)
    .offset((page - 1) * membersPerPage)
}

/** One page of the products that match rules. */
export async function listMatches(ruleSet: RuleSet, page: number) {
  return db
    .select(listedColumns())
    .from(products)
    .where(matchesRules(ruleSet))
    .orderBy(asc(products.title), asc(products.id))
    .limit(membersPerPage)
    .offset((page - 1) * membersPerPage)
}

/** Adds products at the end of a manual collection; those already in it keep their position. */
export async function addMembers(input: {
  collectionId: number
  productIds: number[]
  by: number
}): Promise<{ ok: true; added: number } | { ok: false; reason: 'not-found' }> {
  const { collectionId, productIds } = input
  return auditedTransaction(input.by, async (tx) => {
    const members = await lockMembers(tx, collectionId)
    if (!members) return { ok: false, reason: 'not-found' }
    const known = new Set(members)
    const real = await tx
      .select({ id: products.id })
      .from(products)
      .where(inArray(products.id, [0, ...productIds]))
    const added = productIds.filter((id, index) => {
      const isFirst = productIds.indexOf(id) === index
      return isFirst && !known.has(id) && real.some((row) => row.id === id)
    })
    await renumber(tx, collectionId, members)
    if (added.length > 0)
      await tx.insert(collectionProducts).values(
        added.map((productId, index) => ({
          collectionId,
          productId,
          position: members.length + index + 1,
        })),
      )
    return { ok: true, added: added.length }
  })
}

/**
 * Puts a product into manual collections (at the end) and takes it out of others, as a step of the caller's
 * transaction: the difference between `from`, which a form showed, and `to`. Locks those collections in id order.
 */
export async function setProductCollections(
  tx: Tx,
  { productId, from, to }: { productId: number; from: number[]; to: number[] },
): Promise<void> {
  const changed = from.filter((id) => !to.includes(id)).concat(to.filter((id) => !from.includes(id)))
  if (changed.length === 0) return
  const manual = await tx
    .select({ id: collections.id })
    .from(collections)
    .where(and(inArray(collections.id, changed), eq(collections.kind, 'manual')))
    .orderBy(asc(collections.id))
    .for('update')
  const ids = manual.map(({ id }) => id)
  const left = ids.filter((id) => !to.includes(id))
  const joined = ids.filter((id) => to.includes(id))
  if (left.length > 0)
    await tx
      .delete(collectionProducts)
      .where(and(eq(collectionProducts.productId, productId), inArray(collectionProducts.collectionId, left)))
  if (joined.length > 0)
    await tx.execute(sql`
      insert into ${collectionProducts} (collection_id, product_id, position)
      select c.id, ${productId}::bigint,
        coalesce((select max(position) from ${collectionProducts} where collection_id = c.id), 0) + 1
      from ${collections} c where ${inArray(sql`c.id`, joined)}
      on conflict do nothing`)
}

/** The manual collections, by title, and whether the product is in each; without a product, in none. */
export async function listManualCollections(productId: number | null) {
  const isMember = sql<boolean>`exists (select from ${collectionProducts} cp where cp.collection_id = collections.id and cp.product_id = ${productId}::bigint)`
  return db
    .select({ id: collections.id, title: collections.title, isMember })
    .from(collections)
    .where(eq(collections.kind, 'manual'))
    .orderBy(asc(collections.title), asc(collections.id))
}

/** Removes a product from a collection. Safe to repeat. */
export async function removeMember(input: {
  collectionId: number
  productId: number
  by: number
}): Promise<void> {
  const isMember = and(
    eq(collectionProducts.collectionId, input.collectionId),
    eq(collectionProducts.productId, input.productId),
  )
  await auditedTransaction(input.by, (tx) => tx.delete(collectionProducts).where(isMember))
}

/** Moves a member to a position (1 is first) and shifts the others. */
export async function moveMember(input: {
  collectionId: number
  productId: number
  position: number
  by: number
}): Promise<boolean> {
  return auditedTransaction(input.by, async (tx) => {
    const members = await lockMembers(tx, input.collectionId)
    if (!members?.includes(input.productId)) return false
    const others = members.filter((id) => id !== input.productId)
    others.splice(Math.min(input.position, members.length) - 1, 0, input.productId)
    await renumber(tx, input.collectionId, others)
    return true
  })
}

/** The collection's row is the lock of its member list. */
async function lockMembers(tx: Tx, collectionId: number): Promise<number[] | null> {
  const [found] = await tx
    .select({ id: collections.id })
    .from(collections)
    .where(eq(collections.id, collectionId))
    .for('update')
  if (!found) return null
  const rows = await tx
    .select({ productId: collectionProducts.productId })
    .from(collectionProducts)
    .where(eq(collectionProducts.collectionId, collectionId))
    .orderBy(asc(collectionProducts.position), asc(collectionProducts.productId))
  return rows.map((row) => row.productId)
}

/** One statement for a list of any length; rows with the right position are not written. */
async function renumber(tx: Tx, collectionId: number, productIds: number[]) {
  await tx.execute(sql`
    update ${collectionProducts} cp set position = place.position
    from jsonb_array_elements_text(${JSON.stringify(productIds)}::jsonb) with ordinality as place (product_id, position)
    where cp.collection_id = ${collectionId} and cp.product_id = place.product_id::bigint
      and cp.position <> place.position`)
}
