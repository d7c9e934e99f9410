import { asc, inArray } from 'drizzle-orm'
import { isReadyImage } from '#app/domain/products/first-image.server.ts'
import { db } from '#db/client.ts'
import { media, productImages } from '#db/schema/index.ts'

type SizedImage = { id: number; hash: string; width: number }

/** The images of these products that can be shown, in their order, by product id. */
export async function listImagesOf(productIds: number[]): Promise<Map<number, SizedImage[]>> {
  const rows = await db
    .select({
      id: productImages.id,
      productId: productImages.productId,
      hash: media.hash,
      width: media.width,
    })
    .from(productImages)
    .innerJoin(media, isReadyImage)
    .where(inArray(productImages.productId, [0, ...productIds]))
    .orderBy(asc(productImages.productId), asc(productImages.position), asc(productImages.id))
  return Map.groupBy(
    // A ready image has its dimensions: a check constraint guarantees it.
    rows.map((row) => ({ ...row, width: row.width! })),
    ({ productId }) => productId,
  )
}
