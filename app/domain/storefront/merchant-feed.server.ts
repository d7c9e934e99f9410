import { and, asc, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import { isReduced, withPriorPrice } from '#app/domain/pricing/prior-price.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { getAvailability } from '#app/domain/stock/availability.ts'
import { env } from '#env'
import { db } from '#db/client.ts'
import { products, variants } from '#db/schema/index.ts'
import { createSemaphore } from '#db/semaphore.ts'
import { listImagesOf } from './list-images.server.ts'
import { feedFoot, feedHead, feedItem, type FeedProduct, type FeedVariant } from './merchant-feed.ts'
import { getShownPriorPrices } from './prior-prices.server.ts'

/** Products of one query. */
const batchSize = 250

/**
 * The feed in steps: an item for each variant with a price of each published product, by id. It holds one batch of
 * products in memory and no transaction or cursor open, so a slow client costs nothing between two batches.
 */
export async function* readMerchantFeed(): AsyncGenerator<string> {
  const settings = await getSettings()
  if (!settings) return
  const store = { ...settings, origin: env.appOrigin }
  yield feedHead(store)
  for await (const batch of readProducts(settings.lowStockThreshold))
    yield batch
      .flatMap(({ product, variants }) => variants.map((variant) => feedItem(product, variant, store)))
      .join('')
  yield feedFoot
}

type Entry = { product: FeedProduct; variants: FeedVariant[] }

/** At most two steps run at once, however many downloads there are; a client that reads slowly holds none. */
const inTurn = createSemaphore(2, 60_000)

async function* readProducts(lowThreshold: number): AsyncGenerator<Entry[]> {
  let after = 0
  for (;;) {
    const batch = await inTurn(() => readBatch(after, lowThreshold))
    if (batch.length === 0) return
    yield batch
    after = batch.at(-1)!.product.id
  }
}

async function readBatch(after: number, lowThreshold: number): Promise<Entry[]> {
  const rows = await listProducts(after)
  const ids = rows.map(({ id }) => id)
  const [images, ofProducts] = await Promise.all([listImagesOf(ids), listVariants(ids, lowThreshold)])
  return rows.map((row) => ({
    product: { ...row, images: images.get(row.id) ?? [] },
    variants: ofProducts.get(row.id) ?? [],
  }))
}

function listProducts(after: number) {
  return db
    .select({
      id: products.id,
      handle: products.handle,
      title: products.title,
      description: products.description,
      vendor: products.vendor,
      type: products.type,
      optionNames: products.optionNames,
      variantCount: sql<number>`(select count(*)::int from ${variants} v where v.product_id = ${products.id})`,
    })
    .from(products)
    .where(and(isPublished, gt(products.id, after)))
    .orderBy(asc(products.id))
    .limit(batchSize)
}

/** The variants with a price, as the product's page shows them, by product id. */
async function listVariants(productIds: number[], lowThreshold: number) {
  const rows = await db
    .select({
      id: variants.id,
      productId: variants.productId,
      optionValues: variants.optionValues,
      sku: variants.sku,
      barcode: variants.barcode,
      price: variants.price,
      compareAtPrice: variants.compareAtPrice,
      trackStock: variants.trackStock,
      allowBackorder: variants.allowBackorder,
      stock: variants.stock,
      weightGrams: variants.weightGrams,
      requiresShipping: variants.requiresShipping,
      imageId: variants.imageId,
    })
    .from(variants)
    .where(and(inArray(variants.productId, [0, ...productIds]), isNotNull(variants.price)))
    .orderBy(asc(variants.productId), asc(variants.position), asc(variants.id))
  const priorPrices = await getShownPriorPrices(rows.filter(isReduced).map(({ id }) => id))
  const shown = rows.map((row) => ({
    ...withPriorPrice(row, priorPrices),
    price: row.price!,
    availability: getAvailability(row, lowThreshold),
  }))
  return Map.groupBy(shown, ({ productId }) => productId)
}
