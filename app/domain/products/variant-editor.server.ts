import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'
import { productImages, products, variants } from '#db/schema/catalog.ts'
import { refreshPriceRange } from './price-range.server.ts'
import type { VariantFacts, VariantRow } from './product.schema.ts'
import { applyStockChange } from '#app/domain/stock/adjust-stock.server.ts'
import { toGrams } from './weight.ts'

/** Variants per editor page; with 5 fields each they stay far below the form limit of 500 fields. */
export const variantsPerPage = 25

export type UpdateVariantRefusal = 'stale' | 'not-found' | 'same-values' | 'values-missing'

/** Updates a variant's fields except stock. Refused when the product was saved since `version`. */
export async function updateVariant(
  input: VariantFacts & { productId: number; variantId: number; version: number; by: number },
): Promise<{ ok: true } | { ok: false; reason: UpdateVariantRefusal }> {
  try {
    return await auditedTransaction(input.by, async (tx) => {
      const product = await lockProduct(tx, input)
      if (!product.ok) return product
      if (input.optionValues.length !== product.optionNames.length)
        return { ok: false, reason: 'values-missing' }
      const image =
        input.imageId &&
        and(eq(productImages.id, input.imageId), eq(productImages.productId, input.productId))
      const ownImage = image ? await tx.$count(productImages, image) : 0
      const [saved] = await tx
        .update(variants)
        .set({
          optionValues: input.optionValues,
          price: input.price,
          compareAtPrice: input.compareAtPrice,
          cost: input.cost,
          sku: input.sku,
          barcode: input.barcode,
          weightGrams: toGrams(input.weight, input.weightUnit),
          weightUnit: input.weightUnit,
          trackStock: input.trackStock,
          allowBackorder: input.allowBackorder,
          requiresShipping: input.requiresShipping,
          taxable: input.taxable,
          imageId: ownImage ? input.imageId : null,
          updatedAt: sql`now()`,
        })
        .where(and(eq(variants.id, input.variantId), eq(variants.productId, input.productId)))
        .returning({ id: variants.id })
      if (!saved) return { ok: false, reason: 'not-found' }
      await touchProduct(tx, input.productId)
      return { ok: true }
    })
  } catch (error) {
    if (violatedConstraint(error) === 'variants_options_key') return { ok: false, reason: 'same-values' }
    throw error
  }
}

export type UpdateRowsResult =
  | { ok: true; moved: { variantId: number; stock: number }[] }
  | { ok: false; reason: 'stale' | 'not-found' }
  | { ok: false; reason: 'below-zero'; variantId: number; stock: number }

/**
 * Updates price, compare-at price, SKU and stock of one page of variants, all or none. Stock changes by difference (see
 * adjustStock); `moved` names the variants that were sold in between. Rows are locked in id order.
 */
export async function updateVariantRows(input: {
  productId: number
  version: number
  rows: VariantRow[]
  by: number
}): Promise<UpdateRowsResult> {
  return auditedTransaction(input.by, async (tx): Promise<UpdateRowsResult> => {
    const product = await lockProduct(tx, input)
    if (!product.ok) return product
    const rows = [...input.rows].sort((a, b) => a.id - b.id)
    const found = await tx
      .select({ id: variants.id, trackStock: variants.trackStock })
      .from(variants)
      .where(
        and(
          eq(variants.productId, input.productId),
          inArray(
            variants.id,
            rows.map((row) => row.id),
          ),
        ),
      )
      .orderBy(asc(variants.id))
      .for('update')
    if (found.length !== rows.length) return { ok: false, reason: 'not-found' }

    const moved: { variantId: number; stock: number }[] = []
    for (const { id, price, compareAtPrice, sku, shown, stock } of rows) {
      await tx
        .update(variants)
        .set({ price, compareAtPrice, sku, updatedAt: sql`now()` })
        .where(eq(variants.id, id))
      if (shown === undefined || stock === undefined || stock === shown) continue
      const change = { productId: input.productId, variantId: id, shown, stock, note: '', by: input.by }
      const result = await applyStockChange(tx, { ...change, reason: 'correction' })
      if (!result.ok) {
        throw new BelowZero(id, result.stock)
      }
      if (result.soldSince !== 0) moved.push({ variantId: id, stock: result.stock })
    }
    await touchProduct(tx, input.productId)
    return { ok: true, moved }
  }).catch((error: unknown) => {
    if (error instanceof BelowZero)
      return { ok: false, reason: 'below-zero', variantId: error.variantId, stock: error.stock }
    throw error
  })
}

/** Thrown inside the transaction only, so that earlier rows are rolled back. */
class BelowZero extends Error {
  variantId: number
  stock: number
  constructor(variantId: number, stock: number) {
    super('stock would go below zero')
    this.variantId = variantId
    this.stock = stock
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

async function lockProduct(tx: Tx, input: { productId: number; version: number }) {
  const [product] = await tx
    .select()
    .from(products)
    .where(eq(products.id, input.productId))
    .for('no key update')
  if (!product) return { ok: false as const, reason: 'not-found' as const }
  if (product.version !== input.version) return { ok: false as const, reason: 'stale' as const }
  return { ok: true as const, optionNames: product.optionNames }
}

async function touchProduct(tx: Tx, productId: number) {
  await tx
    .update(products)
    .set({ version: sql`${products.version} + 1`, updatedAt: sql`now()` })
    .where(eq(products.id, productId))
  await refreshPriceRange(tx, [productId])
}
