import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { brokenConstraint } from '#db/errors.ts'
import { productImages, products, variants } from '#db/schema/catalog.ts'
import { refreshPriceRange } from './price-range.server.ts'
import type { VariantFacts, VariantRow } from './product.schema.ts'
import { applyStockChange } from './stock-correction.server.ts'
import { toGrams } from './weight.ts'

/** Variants a page of the editor shows; 5 fields each stay far below the shield's 500 a form. */
export const variantsPerPage = 25

export type UpdateVariantRefusal = 'changed-meanwhile' | 'gone' | 'same-values' | 'values-missing'

/** Writes a variant's facts, not its stock. Refused when the product was saved since `version`. */
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
          sellWhenOut: input.sellWhenOut,
          requiresShipping: input.requiresShipping,
          taxable: input.taxable,
          imageId: ownImage ? input.imageId : null,
          updatedAt: sql`now()`,
        })
        .where(and(eq(variants.id, input.variantId), eq(variants.productId, input.productId)))
        .returning({ id: variants.id })
      if (!saved) return { ok: false, reason: 'gone' }
      await touchProduct(tx, input.productId)
      return { ok: true }
    })
  } catch (error) {
    if (brokenConstraint(error) === 'variants_options_key') return { ok: false, reason: 'same-values' }
    throw error
  }
}

export type UpdateRowsResult =
  | { ok: true; moved: { variantId: number; stock: number }[] }
  | { ok: false; reason: 'changed-meanwhile' | 'gone' }
  | { ok: false; reason: 'below-zero'; variantId: number; stock: number }

/**
 * Writes price, compare-at price, SKU and stock of one page of variants, all or none. Stock changes by difference
 * (see correctStock); `moved` names the variants that sold meanwhile. Rows are locked in id order.
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
    if (found.length !== rows.length) return { ok: false, reason: 'gone' }

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
      if (result.soldMeanwhile !== 0) moved.push({ variantId: id, stock: result.stock })
    }
    await touchProduct(tx, input.productId)
    return { ok: true, moved }
  }).catch((error: unknown) => {
    if (error instanceof BelowZero)
      return { ok: false, reason: 'below-zero', variantId: error.variantId, stock: error.stock }
    throw error
  })
}

/** Thrown inside the transaction only, so that the rows before it are rolled back. */
class BelowZero extends Error {
  variantId: number
  stock: number
  constructor(variantId: number, stock: number) {
    super('stock would go below zero')
    this.variantId = variantId
    this.stock = stock
  }
}

/** Deletes one variant. Orders keep their own copy of what was bought. The last variant stays. */
export async function deleteVariant(input: {
  productId: number
  variantId: number
  by: number
}): Promise<{ ok: true } | { ok: false; reason: 'last-variant' | 'gone' }> {
  return auditedTransaction(input.by, async (tx) => {
    await tx
      .select({ id: products.id })
      .from(products)
      .where(eq(products.id, input.productId))
      .for('no key update')
    const count = await tx.$count(variants, eq(variants.productId, input.productId))
    if (count === 1) return { ok: false, reason: 'last-variant' }
    const gone = await tx
      .delete(variants)
      .where(and(eq(variants.id, input.variantId), eq(variants.productId, input.productId)))
      .returning({ id: variants.id })
    if (gone.length === 0) return { ok: false, reason: 'gone' }
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
  if (!product) return { ok: false as const, reason: 'gone' as const }
  if (product.version !== input.version) return { ok: false as const, reason: 'changed-meanwhile' as const }
  return { ok: true as const, optionNames: product.optionNames }
}

async function touchProduct(tx: Tx, productId: number) {
  await tx
    .update(products)
    .set({ version: sql`${products.version} + 1`, updatedAt: sql`now()` })
    .where(eq(products.id, productId))
  await refreshPriceRange(tx, [productId])
}
