import { and, asc, count, eq, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { productImages, products, variants } from '#db/schema/catalog.ts'
import { media } from '#db/schema/media.ts'
import type { PriceIssues } from './price-issues.ts'
import { variantsPerPage } from './options.ts'

/** A product for its editor, with its variant and image counts; null when there is none. */
export async function getProductForStaff(id: number) {
  const [row] = await db
    .select({
      product: products,
      variantCount: sql<number>`(select count(*)::int from ${variants} v where v.product_id = products.id)`,
      imageCount: sql<number>`(select count(*)::int from ${productImages} i where i.product_id = products.id)`,
      /** Variants without a price, and free ones. */
      issues: sql<PriceIssues>`(select json_build_object('missing', count(*) filter (where v.price is null), 'free', count(*) filter (where v.price = 0)) from ${variants} v where v.product_id = products.id)`,
    })
    .from(products)
    .where(eq(products.id, id))
  return row ?? null
}

/** One page of a product's variants in matrix order. Pages count from 1. */
export async function listVariantsForStaff(input: { productId: number; page: number }) {
  const own = eq(variants.productId, input.productId)
  const [rows, [total]] = await Promise.all([
    db
      .select()
      .from(variants)
      .where(own)
      .orderBy(asc(variants.position), asc(variants.id))
      .limit(variantsPerPage)
      .offset((input.page - 1) * variantsPerPage),
    db.select({ count: count() }).from(variants).where(own),
  ])
  return { variants: rows, total: total!.count }
}

/** Every variant's option values, in matrix order. */
export async function listOptionValues(productId: number) {
  return db
    .select({ id: variants.id, values: variants.optionValues })
    .from(variants)
    .where(eq(variants.productId, productId))
    .orderBy(asc(variants.position), asc(variants.id))
}

export async function getVariantForStaff(productId: number, variantId: number) {
  const [variant] = await db
    .select()
    .from(variants)
    .where(and(eq(variants.id, variantId), eq(variants.productId, productId)))
  return variant ?? null
}

export type ImageForStaff = Awaited<ReturnType<typeof listImagesForStaff>>[number]

/** A product's images in order: ready, processing, failed, or only a URL from an import. */
export async function listImagesForStaff(productId: number) {
  return db
    .select({
      id: productImages.id,
      position: productImages.position,
      alt: productImages.alt,
      sourceUrl: productImages.sourceUrl,
      hash: media.hash,
      status: media.status,
      error: media.error,
      filename: media.filename,
      width: media.width,
      height: media.height,
      color: media.color,
      variantCount: sql<number>`(select count(*)::int from ${variants} v where v.image_id = product_images.id)`,
    })
    .from(productImages)
    .leftJoin(media, eq(media.hash, productImages.mediaHash))
    .where(eq(productImages.productId, productId))
    .orderBy(asc(productImages.position), asc(productImages.id))
}
