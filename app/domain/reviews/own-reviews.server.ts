import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { deleteUnusedMedia } from '#app/domain/media/unused-media.server.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { db, type Tx } from '#db/client.ts'
import { products, reviewPhotos, reviewRequests, reviews } from '#db/schema/index.ts'
import { isBy, ownFirst, type ReviewAuthor } from './submit-review.server.ts'

/** The author's own review of a product, whatever its status; null when there is none. */
export async function getOwnReview(author: ReviewAuthor, productId: number) {
  const [own] = await db
    .select({
      ...shown,
      photoCount: sql<number>`(select count(*)::int from ${reviewPhotos} p where p.review_id = reviews.id)`,
    })
    .from(reviews)
    .where(and(eq(reviews.productId, productId), isBy(author)))
    .orderBy(ownFirst)
    .limit(1)
  return own ?? null
}

/** A product that shoppers can see, for the form of a review; null for any other. */
export async function getReviewedProduct(handle: string) {
  const [product] = await db
    .select({ id: products.id, handle: products.handle, title: products.title })
    .from(products)
    .where(and(eq(products.handle, handle), isPublished))
  return product ?? null
}

/** All reviews of an author, newest first. */
export async function listOwnReviews(author: ReviewAuthor) {
  return db
    .select({ ...shown, productTitle: products.title, handle: products.handle })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(isBy(author))
    .orderBy(desc(reviews.submittedAt), desc(reviews.id))
}

const shown = {
  id: reviews.id,
  productId: reviews.productId,
  authorName: reviews.authorName,
  stars: reviews.stars,
  title: reviews.title,
  text: reviews.text,
  status: reviews.status,
  rejectReason: reviews.rejectReason,
  reply: reviews.reply,
  createdAt: reviews.createdAt,
  submittedAt: reviews.submittedAt,
}

/**
 * Deletes all reviews of an author with their photos and votes, and the requests for reviews that were sent to the
 * address, as a step of the caller's transaction.
 */
export async function deleteReviewsBy(tx: Tx, author: ReviewAuthor): Promise<void> {
  const own = await tx
    .select({ id: reviews.id })
    .from(reviews)
    .where(isBy(author))
    .orderBy(asc(reviews.id))
    .for('update')
  await deleteReviews(
    tx,
    own.map(({ id }) => id),
  )
  await tx.delete(reviewRequests).where(eq(reviewRequests.email, author.email))
}

/** Deletes these reviews, which the caller has locked. Images that nothing else shows are deleted with them. */
async function deleteReviews(tx: Tx, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  const photos = await tx
    .delete(reviewPhotos)
    .where(inArray(reviewPhotos.reviewId, ids))
    .returning({ hash: reviewPhotos.mediaHash })
  await tx.delete(reviews).where(inArray(reviews.id, ids))
  await deleteUnusedMedia(
    tx,
    photos.map(({ hash }) => hash),
  )
}
