import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { applyStockChange } from '#app/domain/stock/adjust-stock.server.ts'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { productImages, products, variants } from '#db/schema/catalog.ts'
import { confirmPriceIssues, lockProduct, readPriceIssues, touchProduct } from './edit-product.server.ts'
import type { PriceIssues } from './price-issues.ts'
import type { VariantFacts, VariantRow } from './product.schema.ts'
import { Refusal, refusable } from './refusal.server.ts'
import { toGrams } from '#app/domain/weight.ts'

export type UpdateVariantRefusal =
  | { reason: 'stale' | 'not-found' | 'same-values' | 'values-missing' }
  | { reason: 'price-issues'; issues: PriceIssues }

/**
 * Updates a variant's fields except stock. Refused when the product was saved since `version`, and when an active
 * product would get a price issue that is not confirmed.
 */
export async function updateVariant(
  input: VariantFacts & {
    productId: number
    variantId: number
    version: number
    confirmPrices: boolean
    by: number
  },
): Promise<{ ok: true } | ({ ok: false } & UpdateVariantRefusal)> {
  const { productId, variantId } = input
  const constraints = { variants_options_key: { reason: 'same-values' } } as const
  return refusable<UpdateVariantRefusal, void>(input.by, constraints, async (tx) => {
    const product = await lockProduct(tx, { id: productId, version: input.version })
    const before = { status: product.status, issues: await readPriceIssues(tx, productId) }
    if (input.optionValues.length !== product.optionNames.length)
      throw new Refusal({ reason: 'values-missing' })
    const image =
      input.imageId && and(eq(productImages.id, input.imageId), eq(productImages.productId, productId))
    const ownImage = image ? await tx.$count(productImages, image) : 0
    const { optionValues } = input
    const saved = await tx
      .update(variants)
      .set({ ...variantColumns(input), optionValues, imageId: ownImage ? input.imageId : null })
      .where(and(eq(variants.id, variantId), eq(variants.productId, productId)))
      .returning({ id: variants.id })
    if (saved.length === 0) throw new Refusal({ reason: 'not-found' })
    await confirmPriceIssues(tx, { productId, before, isConfirmed: input.confirmPrices })
    await touchProduct(tx, productId)
  })
}

/** What a change of stock gives when the variant was sold since the form showed it: its new stock. */
export type Moved = { variantId: number; stock: number }

/** Updates the one variant of a product without options, and its stock, as a step of the caller's transaction. */
export async function updateOnlyVariant(
  tx: Tx,
  input: VariantColumns & { productId: number; shown?: number; stock?: number; by: number },
): Promise<Moved[]> {
  const [variant] = await tx
    .update(variants)
    .set(variantColumns(input))
    .where(eq(variants.productId, input.productId))
    .returning({ id: variants.id })
  if (!variant) throw new Refusal({ reason: 'variant-deleted' })
  const moved = await changeStock(tx, { ...input, variantId: variant.id })
  return moved ? [moved] : []
}

/**
 * Updates price, compare-at price, SKU and stock of some variants, as a step of the caller's transaction, which holds
 * the product. Returns those that were sold in between. Rows are locked in id order.
 */
export async function updateVariantRows(
  tx: Tx,
  input: { productId: number; rows: VariantRow[]; by: number },
): Promise<Moved[]> {
  if (input.rows.length === 0) return []
  const rows = [...input.rows].sort((a, b) => a.id - b.id)
  const ids = rows.map((row) => row.id)
  const found = await tx
    .select({ id: variants.id })
    .from(variants)
    .where(and(eq(variants.productId, input.productId), inArray(variants.id, ids)))
    .orderBy(asc(variants.id))
    .for('update')
  if (found.length !== rows.length) throw new Refusal({ reason: 'variant-deleted' })
  const moved: Moved[] = []
  for (const { id, price, compareAtPrice, sku, shown, stock } of rows) {
    await tx
      .update(variants)
      .set({ price, compareAtPrice, sku, updatedAt: sql`now()` })
      .where(
        and(
          eq(variants.id, id),
          sql`(price, compare_at_price, sku) is distinct from (${price}::bigint, ${compareAtPrice}::bigint, ${sku})`,
        ),
      )
    const change = await changeStock(tx, { ...input, variantId: id, shown, stock })
    if (change) moved.push(change)
  }
  return moved
}

/** Applies a typed stock by difference; returns the new stock when the variant was sold since it was shown. */
async function changeStock(
  tx: Tx,
  input: { productId: number; variantId: number; shown?: number; stock?: number; by: number },
): Promise<Moved | null> {
  const { productId, variantId, shown, stock, by } = input
  if (shown === undefined || stock === undefined || stock === shown) return null
  const change = { productId, variantId, shown, stock, reason: 'correction' as const, note: '', by }
  const result = await applyStockChange(tx, change)
  if (!result.ok) throw new Refusal({ reason: 'below-zero', variantId, stock: result.stock })
  return result.soldSince === 0 ? null : { variantId, stock: result.stock }
}

type VariantColumns = Omit<VariantFacts, 'optionValues' | 'imageId'>

/** The columns of a variant's fields. */
export function variantColumns(facts: VariantColumns) {
  return {
    price: facts.price,
    compareAtPrice: facts.compareAtPrice,
    cost: facts.cost,
    sku: facts.sku,
    barcode: facts.barcode,
    weightGrams: toGrams(facts.weight, facts.weightUnit),
    weightUnit: facts.weightUnit,
    trackStock: facts.trackStock,
    allowBackorder: facts.allowBackorder,
    requiresShipping: facts.requiresShipping,
    taxable: facts.taxable,
    updatedAt: sql`now()`,
  }
}

/** Deletes one variant. Orders keep their own copy of what was bought. The last variant cannot be deleted. */
export async function deleteVariant(input: {
  productId: number
  variantId: number
  by: number
}): Promise<{ ok: true } | { ok: false; reason: 'last-variant' | 'not-found' }> {
  return auditedTransaction(input.by, async (tx) => {
    await tx
      .select({ id: products.id })
      .from(products)
      .where(eq(products.id, input.productId))
      .for('no key update')
    const count = await tx.$count(variants, eq(variants.productId, input.productId))
    if (count === 1) return { ok: false, reason: 'last-variant' }
    const deleted = await tx
      .delete(variants)
      .where(and(eq(variants.id, input.variantId), eq(variants.productId, input.productId)))
      .returning({ id: variants.id })
    if (deleted.length === 0) return { ok: false, reason: 'not-found' }
    await touchProduct(tx, input.productId)
    return { ok: true }
  })
}
