import { and, asc, eq, inArray } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { media, productImages } from '#db/schema/index.ts'
import type { CartImage } from './cart.ts'

/** The variant's own picture, else the product's first, by variant id. */
export async function listLineImages(
  rows: { variantId: number; productId: number; imageId: number | null }[],
): Promise<Map<number, CartImage>> {
  if (rows.length === 0) return new Map()
  const images = await db
    .select({
      id: productImages.id,
      productId: productImages.productId,
      alt: productImages.alt,
      hash: media.hash,
      width: media.width,
      height: media.height,
      color: media.color,
    })
    .from(productImages)
    .innerJoin(media, and(eq(media.hash, productImages.mediaHash), eq(media.status, 'ready')))
    .where(
      inArray(
        productImages.productId,
        rows.map((row) => row.productId),
      ),
    )
    .orderBy(asc(productImages.position), asc(productImages.id))
  return new Map(
    rows.map((row) => {
      const image =
        images.find(({ id }) => id === row.imageId) ??
        images.find(({ productId }) => productId === row.productId)
      const picture = image && {
        hash: image.hash,
        width: image.width!,
        height: image.height!,
        alt: image.alt,
        color: image.color,
      }
      return [row.variantId, picture ?? null]
    }),
  )
}
