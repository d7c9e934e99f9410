import { setProductCollections } from '#app/domain/collections/collection-members.server.ts'
import {
  confirmPriceIssues,
  insertProduct,
  lockProduct,
  readPriceIssues,
  touchProduct,
  updateProductFields,
} from '#app/domain/products/edit-product.server.ts'
import { insertVariants } from '#app/domain/products/insert-variants.server.ts'
import { checkOptions, type OptionRefusal } from '#app/domain/products/options.ts'
import type { PriceIssues } from '#app/domain/products/price-issues.ts'
import { insertProductImages } from '#app/domain/products/product-images.server.ts'
import type { NewProduct, ProductEdit } from '#app/domain/products/product.schema.ts'
import { Refusal, refusable } from '#app/domain/products/refusal.server.ts'
import {
  type OptionChange,
  setOptions,
  type SetOptionsRefusal,
} from '#app/domain/products/set-options.server.ts'
import { updateOnlyVariant, updateVariantRows } from '#app/domain/products/variant-editor.server.ts'

type Refused<Refusals> = { ok: false } & Refusals

export type CreateProductRefusal =
  | { reason: 'handle-taken' | 'image-unknown' | 'too-many-images' | 'tax-class-deleted' | OptionRefusal }
  | { reason: 'price-issues'; issues: PriceIssues }

export type SaveProductRefusal =
  | CreateProductRefusal
  | SetOptionsRefusal
  | { reason: 'stale' | 'not-found' | 'variant-deleted' }
  | { reason: 'below-zero'; variantId: number; stock: number }

const constraints = {
  products_handle_key: { reason: 'handle-taken' },
  product_images_media_hash_media_hash_fk: { reason: 'image-unknown' },
  products_tax_class_id_tax_classes_id_fk: { reason: 'tax-class-deleted' },
} as const

/**
 * Creates a product with one variant per combination of its options, its images and its place in manual collections;
 * price, cost and stock apply to each variant, SKU and barcode only to a single one. Refused when it would be active
 * with variants without a price or for free and that is not confirmed.
 */
export async function createProduct(
  input: NewProduct & { now: Date; by: number },
): Promise<{ ok: true; id: number } | Refused<CreateProductRefusal>> {
  return refusable<CreateProductRefusal, { id: number }>(input.by, constraints, async (tx) => {
    const refusal = checkOptions(input.options)
    if (refusal) throw new Refusal({ reason: refusal })
    const id = await insertProduct(tx, { ...input, optionNames: input.options.map(({ name }) => name) })
    await insertVariants(tx, { ...input, productId: id })
    await insertProductImages(tx, { productId: id, hashes: input.images })
    await setProductCollections(tx, { productId: id, from: [], to: input.collectionIds })
    await confirmPriceIssues(tx, { productId: id, before: null, isConfirmed: input.confirmPrices })
    return { id }
  })
}

/** `moved` names the variants that were sold since the form showed their stock. */
export type SaveProductResult =
  | { ok: true; version: number; moved: { variantId: number; stock: number }[]; options: OptionChange }
  | Refused<SaveProductRefusal>

/**
 * Saves the product page, all of it or nothing: fields, variants, options, new images, manual collections. Refused when
 * the product was saved since `version`. Stock changes by the difference to what the form showed, so that sales in
 * between are kept; collections likewise. Lock order: the product, its variants by id, collections by id.
 */
export async function saveProduct(
  input: ProductEdit & { id: number; now: Date; by: number },
): Promise<SaveProductResult> {
  const { id: productId, by } = input
  return refusable<SaveProductRefusal, Omit<Extract<SaveProductResult, { ok: true }>, 'ok'>>(
    by,
    constraints,
    async (tx) => {
      const product = await lockProduct(tx, input)
      const before = { status: product.status, issues: await readPriceIssues(tx, productId) }
      await updateProductFields(tx, productId, input)
      const moved =
        product.optionNames.length > 0
          ? await updateVariantRows(tx, { productId, rows: input.rows, by })
          : await updateOnlyVariant(tx, { productId, ...input })
      const options = await setOptions(tx, { ...input, product, removals: input.removals ?? 0 })
      await insertProductImages(tx, { productId, hashes: input.images })
      const { shownCollectionIds: from, collectionIds: to } = input
      await setProductCollections(tx, { productId, from, to })
      await confirmPriceIssues(tx, { productId, before, isConfirmed: input.confirmPrices })
      return { version: await touchProduct(tx, productId), moved, options }
    },
  )
}
