import { and, asc, eq, type SQL } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { media, productImages, products } from '#db/schema/index.ts'

/** Joins a product's image with its stored bytes, once they can be shown; then it has its dimensions. */
export const isReadyImage = and(eq(media.hash, productImages.mediaHash), eq(media.status, 'ready'))

/** The first image of a product that can be shown, for a lateral join with `products`. `preferred` sorts first. */
export function firstImage(db: Db, preferred?: SQL) {
  return db
    .select({
      hash: media.hash,
      width: media.width,
      height: media.height,
      alt: productImages.alt,
      color: media.color,
    })
    .from(productImages)
    .innerJoin(media, isReadyImage)
    .where(eq(productImages.productId, products.id))
    .orderBy(...(preferred ? [preferred] : []), asc(productImages.position), asc(productImages.id))
    .limit(1)
    .as('image')
}
