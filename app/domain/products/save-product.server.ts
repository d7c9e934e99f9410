import { and, eq, like, or, sql } from 'drizzle-orm'
import { escapeLike } from '#app/domain/like.ts'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'
import { products, stockLedger, variants } from '#db/schema/catalog.ts'
import { findFreeHandle, toHandle } from './handle.ts'
import { checkOptions, combinations, type OptionRefusal } from './options.ts'
import { refreshPriceRange } from './price-range.server.ts'
import type { NewProduct, ProductFacts } from './product.schema.ts'
import { sanitizeDescription } from './sanitize.server.ts'

export type CreateProductResult =
  { ok: true; id: number } | { ok: false; reason: 'handle-taken' | OptionRefusal }

/**
 * Creates a product with one variant per combination of its options; price, cost and stock apply to each variant, SKU
 * and barcode only to a single one. Without a handle, a free one is generated from the title.
 */
export async function createProduct(
  input: NewProduct & { now: Date; by: number },
): Promise<CreateProductResult> {
  const refusal = checkOptions(input.options)
  if (refusal) return { ok: false, reason: refusal }
  try {
    return await auditedTransaction(input.by, async (tx) => {
      const handle = input.handle || (await freeHandleFor(tx, input.title))
      const [product] = await tx
        .insert(products)
        .values({ ...columnsOf(input), handle, optionNames: input.options.map((option) => option.name) })
        .returning({ id: products.id })
      const matrix = combinations(input.options.map((option) => option.values))
      const isSingle = matrix.length === 1
      const made = await tx
        .insert(variants)
        .values(
          matrix.map((optionValues, index) => ({
            productId: product!.id,
            position: index + 1,
            optionValues,
            price: input.price,
            compareAtPrice: input.compareAtPrice,
            cost: input.cost,
            sku: isSingle ? input.sku : '',
            barcode: isSingle ? input.barcode : '',
            trackStock: input.trackStock,
            stock: input.stock,
          })),
        )
        .returning({ id: variants.id })
      if (input.stock !== 0)
        await tx.insert(stockLedger).values(
          made.map(({ id }) => ({
            variantId: id,
            delta: input.stock,
            balance: input.stock,
            reason: 'initial' as const,
            byUserId: input.by,
          })),
        )
      await refreshPriceRange(tx, [product!.id])
      return { ok: true, id: product!.id }
    })
  } catch (error) {
    if (violatedConstraint(error) === 'products_handle_key') return { ok: false, reason: 'handle-taken' }
    throw error
  }
}

export type UpdateProductResult =
  { ok: true; version: number } | { ok: false; reason: 'handle-taken' | 'stale' | 'not-found' }

/** Updates a product's fields. Refused when it was saved since `version`; nothing is changed then. */
export async function updateProduct(
  input: ProductFacts & { id: number; version: number; now: Date; by: number },
): Promise<UpdateProductResult> {
  try {
    return await auditedTransaction(input.by, async (tx) => {
      const handle = input.handle || (await freeHandleFor(tx, input.title, input.id))
      const [saved] = await tx
        .update(products)
        .set({ ...columnsOf(input), handle, version: sql`${products.version} + 1`, updatedAt: sql`now()` })
        .where(and(eq(products.id, input.id), eq(products.version, input.version)))
        .returning({ version: products.version })
      if (saved) return { ok: true, version: saved.version }
      const found = await tx.$count(products, eq(products.id, input.id))
      return { ok: false, reason: found ? 'stale' : 'not-found' }
    })
  } catch (error) {
    if (violatedConstraint(error) === 'products_handle_key') return { ok: false, reason: 'handle-taken' }
    throw error
  }
}

function columnsOf(facts: ProductFacts & { now: Date }) {
  return {
    title: facts.title,
    description: sanitizeDescription(facts.description),
    vendor: facts.vendor,
    type: facts.type,
    tags: facts.tags,
    category: facts.category,
    status: facts.status,
    publishedAt: facts.isShown ? (facts.publishedAt ?? facts.now) : null,
    seoTitle: facts.seoTitle,
    seoDescription: facts.seoDescription,
  }
}

async function freeHandleFor(tx: Tx, title: string, exceptId = 0): Promise<string> {
  const base = toHandle(title) || 'product'
  // Concurrent creation of another product with this title waits until ours is visible.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`product handle ${base}`}))`)
  const similar = await tx
    .select({ id: products.id, handle: products.handle })
    .from(products)
    .where(or(eq(products.handle, base), like(products.handle, `${escapeLike(base)}-%`)))
  return findFreeHandle(base, new Set(similar.filter((row) => row.id !== exceptId).map((row) => row.handle)))
}
