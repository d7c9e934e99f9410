import { and, asc, eq, inArray } from 'drizzle-orm'
import { deleteUnusedMedia } from '#app/domain/media/unused-media.server.ts'
import { getRendition } from '#app/domain/media/rendition.server.ts'
import { fallbackWidthOf } from '#app/domain/media/image.ts'
import { db, type Tx } from '#db/client.ts'
import { media, reviewPhotos } from '#db/schema/index.ts'
import type { ReviewPhoto } from './reviews.ts'

/** Replaces the photos of a review by these images, as a step of the caller's transaction. */
export async function setPhotos(tx: Tx, reviewId: number, hashes: string[]): Promise<void> {
  const former = await tx
    .delete(reviewPhotos)
    .where(eq(reviewPhotos.reviewId, reviewId))
    .returning({ hash: reviewPhotos.mediaHash })
  const unique = [...new Set(hashes)]
  if (unique.length > 0)
    await tx
      .insert(reviewPhotos)
      .values(unique.map((mediaHash, index) => ({ reviewId, mediaHash, position: index + 1 })))
  await deleteUnusedMedia(
    tx,
    former.map(({ hash }) => hash),
  )
}

/** The photos of these reviews that can be shown, by review. */
export async function listPhotos(reviewIds: number[]): Promise<Map<number, ReviewPhoto[]>> {
  const byReview = new Map<number, ReviewPhoto[]>()
  if (reviewIds.length === 0) return byReview
  const rows = await db
    .select({
      id: reviewPhotos.id,
      reviewId: reviewPhotos.reviewId,
      hash: media.hash,
      width: media.width,
      height: media.height,
      color: media.color,
    })
    .from(reviewPhotos)
    .innerJoin(media, and(eq(media.hash, reviewPhotos.mediaHash), eq(media.status, 'ready')))
    .where(inArray(reviewPhotos.reviewId, reviewIds))
    .orderBy(asc(reviewPhotos.reviewId), asc(reviewPhotos.position))
  for (const { reviewId, width, height, ...photo } of rows) {
    // A ready image has its dimensions.
    const image = { ...photo, width: width!, height: height! }
    byReview.set(reviewId, [...(byReview.get(reviewId) ?? []), image])
  }
  return byReview
}

/** The JPEG of a review's photo, for staff, whether the review is public or not; null when there is none. */
export async function getPhotoForStaff(of: { reviewId: number; photoId: number }): Promise<Buffer | null> {
  const photo = (await listPhotos([of.reviewId])).get(of.reviewId)?.find(({ id }) => id === of.photoId)
  if (!photo) return null
  const { hash, width } = photo
  return getRendition({ hash, width: fallbackWidthOf(width), format: 'jpeg' })
}
