import { asc, inArray, sql } from 'drizzle-orm'
import type { Db, Tx } from '#db/client.ts'
import { productImages, products, variants } from '#db/schema/catalog.ts'
import type { ProductState } from './product-state.ts'

type Product = typeof products.$inferSelect

export type KnownProduct = { id: number; version: number; state: ProductState }

/** The whole products with these handles, by handle. */
export async function loadProductStates(
  from: Db | Tx,
  handles: string[],
): Promise<Map<string, KnownProduct>> {
  if (handles.length === 0) return new Map()
  const found = await from.select().from(products).where(inArray(products.handle, handles))
  const known = await addParts(from, found)
  return new Map(known.map((product) => [product.state.handle, product]))
}

/** The whole products with these IDs, in this order; those that do not exist are left out. */
export async function readProductStates(from: Db | Tx, ids: number[]): Promise<KnownProduct[]> {
  if (ids.length === 0) return []
  const known = await addParts(from, await from.select().from(products).where(inArray(products.id, ids)))
  const byId = new Map(known.map((product) => [product.id, product]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

async function addParts(from: Db | Tx, found: Product[]): Promise<KnownProduct[]> {
  const ids = found.map((product) => product.id)
  if (ids.length === 0) return []
  const images = await from
    .select()
    .from(productImages)
    .where(inArray(productImages.productId, ids))
    .orderBy(asc(productImages.productId), asc(productImages.position), asc(productImages.id))
  const rows = await from
    .select()
    .from(variants)
    .where(inArray(variants.productId, ids))
    .orderBy(asc(variants.productId), asc(variants.position), asc(variants.id))
  const imagesOf = Map.groupBy(images, (image) => image.productId)
  const variantsOf = Map.groupBy(rows, (variant) => variant.productId)
  return found.map((product) => {
    const state = toState(product, imagesOf.get(product.id) ?? [], variantsOf.get(product.id) ?? [])
    return { id: product.id, version: product.version, state }
  })
}

/**
 * Locks these products and then their variants, each in id order, so that no other transaction changes or sells them
 * until this one ends.
 */
export async function lockProducts(tx: Tx, productIds: number[]): Promise<void> {
  if (productIds.length === 0) return
  const list = sql`(select value::bigint from jsonb_array_elements_text(${JSON.stringify(productIds)}::jsonb))`
  await tx.execute(sql`select id from ${products} where id in ${list} order by id for no key update`)
  await tx.execute(sql`select id from ${variants} where product_id in ${list} order by id for update`)
}

function toState(
  product: Product,
  images: (typeof productImages.$inferSelect)[],
  rows: (typeof variants.$inferSelect)[],
): ProductState {
  const imageIndex = new Map(images.map((image, index) => [image.id, index]))
  return {
    handle: product.handle,
    title: product.title,
    description: product.description,
    vendor: product.vendor,
    type: product.type,
    tags: product.tags,
    category: product.category,
    status: product.status,
    publishedAt: product.publishedAt?.toISOString() ?? null,
    seoTitle: product.seoTitle,
    seoDescription: product.seoDescription,
    optionNames: product.optionNames,
    extra: product.extra,
    images: images.map(({ id, alt, mediaHash, sourceUrl }) => ({ id, alt, mediaHash, sourceUrl })),
    variants: rows.map((row) => ({
      id: row.id,
      optionValues: row.optionValues,
      sku: row.sku,
      barcode: row.barcode,
      price: row.price,
      compareAtPrice: row.compareAtPrice,
      cost: row.cost,
      weightGrams: row.weightGrams,
      weightUnit: row.weightUnit,
      trackStock: row.trackStock,
      allowBackorder: row.allowBackorder,
      stock: row.stock,
      requiresShipping: row.requiresShipping,
      taxable: row.taxable,
      image: row.imageId === null ? null : (imageIndex.get(row.imageId) ?? null),
      extra: row.extra,
    })),
  }
}
