import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { notifyStaff } from '#app/domain/notifications/notify.server.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { products, reviews, users } from '#db/schema/index.ts'
import { setPhotos } from './review-photos.server.ts'

/** Who writes: a customer, or the owner of the mailbox that an order was placed with. */
export type ReviewAuthor = { userId: number | null; email: string }

export type SubmitReviewResult = { ok: true; reviewId: number } | { ok: false; reason: 'not-found' | 'taken' }

type Facts = { authorName: string; stars: number; title: string; text: string }

/**
 * Saves the author's review of the product: their first one, or a new version of it. Either waits for approval, and an
 * approved version is hidden at once. There is one review per product for an account and for a mailbox, whichever of
 * several concurrent forms arrives first. `photos` replaces the photos; null leaves them. Refuses a product that
 * shoppers cannot see, unless it was ordered (`isOrdered`), and an address that another account has reviewed it with
 * before the address changed hands.
 */
export async function submitReview(input: {
  author: ReviewAuthor
  productId: number
  facts: Facts
  photos: string[] | null
  isOrdered?: boolean
}): Promise<SubmitReviewResult> {
  const { productId, photos, isOrdered = false } = input
  return transaction(async (tx) => {
    const [product] = await tx
      .select({ title: products.title })
      .from(products)
      .where(and(eq(products.id, productId), isOrdered ? undefined : isPublished))
      .for('key share')
    if (!product) return { ok: false, reason: 'not-found' }
    const review = (await insertReview(tx, input)) ?? (await updateReview(tx, input))
    if (!review) return { ok: false, reason: 'taken' }
    if (photos) await setPhotos(tx, review.id, photos)
    await notifyStaff(tx, 'new-review', {
      key: `review:${review.id}:${review.version}`,
      subject: product.title,
    })
    return { ok: true, reviewId: review.id }
  })
}

/** Null when the author has one already; waits for a concurrent insert of the same author. */
async function insertReview(tx: Tx, input: { author: ReviewAuthor; productId: number; facts: Facts }) {
  const { author, productId, facts } = input
  const [made] = await tx
    .insert(reviews)
    .values({ ...author, productId, ...facts })
    .onConflictDoNothing()
    .returning({ id: reviews.id, version: reviews.version })
  return made ?? null
}

async function updateReview(tx: Tx, input: { author: ReviewAuthor; productId: number; facts: Facts }) {
  const { author, productId, facts } = input
  const [own] = await tx
    .select({ id: reviews.id, userId: reviews.userId })
    .from(reviews)
    .where(and(eq(reviews.productId, productId), isBy(author)))
    .orderBy(ownFirst)
    .limit(1)
    .for('update')
  if (!own) return null
  const [changed] = await tx
    .update(reviews)
    .set({
      ...facts,
      userId: own.userId ?? author.userId,
      status: 'pending',
      rejectReason: '',
      moderatedAt: null,
      submittedAt: sql`now()`,
      version: sql`${reviews.version} + 1`,
    })
    .where(eq(reviews.id, own.id))
    .returning({ id: reviews.id, version: reviews.version })
  return changed!
}

/**
 * SQL condition: reviews of this account, and those of this mailbox that belong to no account. Whoever comes from an
 * email about an order has proved the mailbox only.
 */
export function isBy({ userId, email }: ReviewAuthor) {
  const ofMailbox = eq(reviews.customerKey, sql`customer_key(${email}::text)`)
  return userId === null ? ofMailbox : or(eq(reviews.userId, userId), and(isNull(reviews.userId), ofMailbox))
}

/** A review of the account before one that its owner wrote as a guest. */
export const ownFirst = sql`${reviews.userId} nulls last`

/** The account as an author; null while its address is not verified. */
export async function getAccountAuthor(userId: number): Promise<ReviewAuthor | null> {
  const [user] = await db
    .select({ email: users.email, verifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(eq(users.id, userId))
  return user?.verifiedAt ? { userId, email: user.email } : null
}
