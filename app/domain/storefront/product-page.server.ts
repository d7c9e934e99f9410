import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { media, productImages, products, settings, variants } from '#db/schema/index.ts'
import { isReduced, withPriorPrice } from '#app/domain/pricing/prior-price.ts'
import { getAvailability, buyableQuantity } from '#app/domain/stock/availability.ts'
import { isReadyImage } from '#app/domain/products/first-image.server.ts'
import { getShownPriorPrices } from './prior-prices.server.ts'
import type { ProductPage } from './storefront.ts'
import { isPublished } from '#app/domain/products/published.server.ts'

/** A published product with everything its page shows; null if shoppers cannot see it. */
export async function getProductPage(handle: string): Promise<ProductPage | null> {
  return readProductPage(and(eq(products.handle, handle), isPublished))
}

/** The same for a product that shoppers cannot see, as staff preview it; null if there is none, or if it is published. */
export async function getUnpublishedProductPage(handle: string): Promise<ProductPage | null> {
  return readProductPage(and(eq(products.handle, handle), sql`${isPublished} is not true`))
}

async function readProductPage(where: SQL | undefined): Promise<ProductPage | null> {
  const [product] = await db
    .select({
      id: products.id,
      handle: products.handle,
      title: products.title,
      description: products.description,
      vendor: products.vendor,
      type: products.type,
      tags: products.tags,
      seoTitle: products.seoTitle,
      seoDescription: products.seoDescription,
      optionNames: products.optionNames,
      lowThreshold: sql<number>`coalesce((select ${settings.lowStockThreshold} from ${settings}), 0)`,
    })
    .from(products)
    .where(where)
  if (!product) return null
  const { lowThreshold, ...page } = product
  const [images, rows] = await Promise.all([listImages(product.id), listVariantRows(product.id)])
  const priorPrices = await getShownPriorPrices(rows.filter(isReduced).map(({ id }) => id))
  const variants = rows.map((row) => ({
    id: row.id,
    optionValues: row.optionValues,
    sku: row.sku,
    barcode: row.barcode,
    price: row.price,
    compareAtPrice: row.compareAtPrice,
    availability: getAvailability(row, lowThreshold),
    buyable: buyableQuantity(row),
    requiresShipping: row.requiresShipping,
    imageId: row.imageId,
  }))
  return { ...page, images, variants: variants.map((variant) => withPriorPrice(variant, priorPrices)) }
}

async function listImages(productId: number) {
  const rows = await db
    .select({
      id: productImages.id,
      alt: productImages.alt,
      hash: media.hash,
      width: media.width,
      height: media.height,
      color: media.color,
    })
    .from(productImages)
    .innerJoin(media, isReadyImage)
    .where(eq(productImages.productId, productId))
    .orderBy(asc(productImages.position), asc(productImages.id))
  // A ready image has its dimensions: a check constraint guarantees it.
  return rows.map((row) => ({ ...row, width: row.width!, height: row.height! }))
}

function listVariantRows(productId: number) {
  return db
    .select({
      id: variants.id,
      optionValues: variants.optionValues,
      sku: variants.sku,
      barcode: variants.barcode,
      price: variants.price,
      compareAtPrice: variants.compareAtPrice,
      trackStock: variants.trackStock,
      allowBackorder: variants.allowBackorder,
      stock: variants.stock,
      requiresShipping: variants.requiresShipping,
      imageId: variants.imageId,
    })
    .from(variants)
    .where(eq(variants.productId, productId))
    .orderBy(asc(variants.position), asc(variants.id))
}
