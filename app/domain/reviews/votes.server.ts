import { and, eq } from 'drizzle-orm'
import { isNewGuest, type NewGuest } from '#app/domain/cart/cart.server.ts'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { products, reviewReports, reviews, reviewVotes } from '#db/schema/index.ts'
import type { ReportReason } from './reviews.ts'

/** A published review, for the forms about it; null for any other. */
export async function getPublishedReview(id: number) {
  const [review] = await db
    .select({
      id: reviews.id,
      handle: products.handle,
      productTitle: products.title,
      authorName: reviews.authorName,
      title: reviews.title,
      text: reviews.text,
    })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(and(eq(reviews.id, id), eq(reviews.status, 'approved')))
  return review ?? null
}

type Visitor = { shopper: Shopper | NewGuest; reviewId: number }

export type VoteResult = { ok: true } | { ok: false; reason: 'not-found' | 'repeated' }

/**
 * Counts a visitor's vote that a published review is helpful: one for an account, and one for a guest's session. A
 * repeated vote changes nothing.
 */
export async function voteForReview({ shopper, reviewId }: Visitor): Promise<VoteResult> {
  return byVisitor({ shopper, reviewId }, async (tx, who) => {
    const made = await tx
      .insert(reviewVotes)
      .values({ reviewId, ...who })
      .onConflictDoNothing()
      .returning({ id: reviewVotes.id })
    return made.length > 0
  })
}

/** Records that a visitor finds a published review inappropriate; once, like a vote. Staff see it in the queue. */
export async function reportReview(
  input: Visitor & { reason: ReportReason; note: string },
): Promise<VoteResult> {
  const { shopper, reviewId, reason, note } = input
  return byVisitor({ shopper, reviewId }, async (tx, who) => {
    const made = await tx
      .insert(reviewReports)
      .values({ reviewId, reason, note, ...who })
      .onConflictDoNothing()
      .returning({ id: reviewReports.id })
    return made.length > 0
  })
}

type Who = { userId: number; sessionId?: undefined } | { userId?: undefined; sessionId: number }

/** Starts a session for a guest who has none, only when there is something to store. */
async function byVisitor({ shopper, reviewId }: Visitor, insert: (tx: Tx, who: Who) => Promise<boolean>) {
  return transaction(async (tx): Promise<VoteResult> => {
    const [review] = await tx
      .select({ id: reviews.id })
      .from(reviews)
      .where(and(eq(reviews.id, reviewId), eq(reviews.status, 'approved')))
      .for('key share')
    if (!review) return { ok: false, reason: 'not-found' }
    const { userId, sessionId } = isNewGuest(shopper) ? await shopper.beginSession(tx) : shopper
    const isNew = await insert(tx, userId === null ? { sessionId } : { userId })
    return isNew ? { ok: true } : { ok: false, reason: 'repeated' }
  })
}
