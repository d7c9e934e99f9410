import { eq, like, or, sql } from 'drizzle-orm'
import { escapeLike } from '#app/domain/like.ts'
import type { Tx } from '#db/client.ts'
import { products, variants } from '#db/schema/catalog.ts'
import { toDescriptionHtml } from './description.ts'
import { findFreeHandle, toHandle } from './handle.ts'
import { countPriceIssues, needsPriceConfirmation, type PriceIssues } from './price-issues.ts'
import { refreshPriceRange } from './price-range.server.ts'
import type { ProductStatus } from './product-state.ts'
import type { ProductFacts } from './product.schema.ts'
import { Refusal } from './refusal.server.ts'
import { sanitizeDescription } from './sanitize.server.ts'

/** The steps of commands that change one product; each runs in the caller's transaction. */

type Facts = ProductFacts & { publish: boolean; now: Date }

/**
 * Locks the product for a change of the form that showed `version`; refuses another version. "No key" here and
 * wherever a product is locked: an insert of an order line references the product while its order holds the variants,
 * and must not wait for a transaction that waits for those.
 */
export async function lockProduct(tx: Tx, input: { id: number; version: number }) {
  const [product] = await tx.select().from(products).where(eq(products.id, input.id)).for('no key update')
  if (!product) throw new Refusal({ reason: 'not-found' })
  if (product.version !== input.version) throw new Refusal({ reason: 'stale' })
  return product
}

/** Inserts a product without variants. Without a handle, a free one is generated from the title. */
export async function insertProduct(tx: Tx, facts: Facts & { optionNames: string[] }): Promise<number> {
  const handle = facts.handle || (await freeHandleFor(tx, facts.title))
  const [product] = await tx
    .insert(products)
    .values({ ...columnsOf(facts), handle, optionNames: facts.optionNames })
    .returning({ id: products.id })
  return product!.id
}

/** Writes a product's own fields. */
export async function updateProductFields(tx: Tx, id: number, facts: Facts): Promise<void> {
  const handle = facts.handle || (await freeHandleFor(tx, facts.title, id))
  await tx
    .update(products)
    .set({ ...columnsOf(facts), handle })
    .where(eq(products.id, id))
}

/** The last step of each change: the next version, and the price range of the variants. Returns the version. */
export async function touchProduct(tx: Tx, id: number): Promise<number> {
  const [saved] = await tx
    .update(products)
    .set({ version: sql`${products.version} + 1`, updatedAt: sql`now()` })
    .where(eq(products.id, id))
    .returning({ version: products.version })
  await refreshPriceRange(tx, [id])
  return saved!.version
}

/** How many of the product's variants have no price, or cost nothing. */
export async function readPriceIssues(tx: Tx, productId: number): Promise<PriceIssues> {
  const rows = await tx
    .select({ price: variants.price })
    .from(variants)
    .where(eq(variants.productId, productId))
  return countPriceIssues(rows)
}

/** Refuses what needsPriceConfirmation asks about, unless it is confirmed. Called after prices and status are written. */
export async function confirmPriceIssues(
  tx: Tx,
  input: {
    productId: number
    before: { status: ProductStatus; issues: PriceIssues } | null
    isConfirmed: boolean
  },
): Promise<void> {
  if (input.isConfirmed) return
  const [product] = await tx
    .select({ status: products.status })
    .from(products)
    .where(eq(products.id, input.productId))
  const issues = await readPriceIssues(tx, input.productId)
  if (needsPriceConfirmation(input.before, { status: product!.status, issues }))
    throw new Refusal({ reason: 'price-issues', issues })
}

function columnsOf(facts: Facts) {
  const isShown = facts.publish || facts.isShown
  return {
    title: facts.title,
    description: sanitizeDescription(toDescriptionHtml(facts.description)),
    vendor: facts.vendor,
    type: facts.type,
    tags: facts.tags,
    category: facts.category,
    status: facts.publish ? ('active' as const) : facts.status,
    publishedAt: isShown ? (facts.publishedAt ?? facts.now) : null,
    taxClassId: facts.taxClassId,
    seoTitle: facts.seoTitle,
    seoDescription: facts.seoDescription,
  }
}

/** A handle from the title that no other product has. */
export async function freeHandleFor(tx: Tx, title: string, exceptId = 0): Promise<string> {
  const base = toHandle(title) || 'product'
  // Concurrent creation of another product with this title waits until ours is visible.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`product handle ${base}`}))`)
  const similar = await tx
    .select({ id: products.id, handle: products.handle })
    .from(products)
    .where(or(eq(products.handle, base), like(products.handle, `${escapeLike(base)}-%`)))
  return findFreeHandle(base, new Set(similar.filter((row) => row.id !== exceptId).map((row) => row.handle)))
}
