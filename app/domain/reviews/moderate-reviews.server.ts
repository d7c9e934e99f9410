import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { notifyAuthor } from '#app/domain/notifications/notify.server.ts'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { products, reviewReports, reviews } from '#db/schema/index.ts'

/** Reviews with the versions that staff have read. */
export type Selected = { id: number; version: number }[]

/** How many were decided on, and how many not: deleted, or changed by their authors or by other staff since. */
export type Moderated = { done: number; stale: number }

/**
 * Publishes these reviews, notifies the authors of those that were not published, and closes the reports about them.
 * A review that has changed since it was read is left alone. Reviews are locked in the order of their ids.
 */
export function approveReviews({ selected, by }: { selected: Selected; by: number }): Promise<Moderated> {
  return moderate({ selected, by, status: 'approved', rejectReason: '' })
}

/** The same for rejecting them: they are hidden, and their authors receive the reason. */
export function rejectReviews(input: { selected: Selected; reason: string; by: number }): Promise<Moderated> {
  const { selected, reason, by } = input
  return moderate({ selected, by, status: 'rejected', rejectReason: reason })
}

async function moderate(input: {
  selected: Selected
  by: number
  status: 'approved' | 'rejected'
  rejectReason: string
}): Promise<Moderated> {
  const { selected, by, status, rejectReason } = input
  return auditedTransaction(by, async (tx) => {
    const current = await lockCurrent(tx, selected)
    const changing = current.filter((one) => one.status !== status || one.rejectReason !== rejectReason)
    const changed =
      changing.length === 0
        ? []
        : await tx
            .update(reviews)
            .set({ status, rejectReason, moderatedAt: sql`now()`, version: sql`${reviews.version} + 1` })
            .where(inArray(reviews.id, idsOf(changing)))
            .returning()
    await closeReports(tx, idsOf(current))
    const kind = status === 'approved' ? 'review-approved' : 'review-rejected'
    for (const review of changed) await notifyAuthor(tx, kind, await withTitle(tx, review))
    return { done: current.length, stale: selected.length - current.length }
  })
}

/** Those of the reviews that are as they were read. */
async function lockCurrent(tx: Tx, selected: Selected) {
  const found = await tx
    .select({
      id: reviews.id,
      version: reviews.version,
      status: reviews.status,
      rejectReason: reviews.rejectReason,
    })
    .from(reviews)
    .where(inArray(reviews.id, idsOf(selected)))
    .orderBy(asc(reviews.id))
    .for('update')
  return found.filter(({ id, version }) => selected.some((one) => one.id === id && one.version === version))
}

async function closeReports(tx: Tx, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .update(reviewReports)
    .set({ resolvedAt: sql`now()` })
    .where(and(inArray(reviewReports.reviewId, ids), isNull(reviewReports.resolvedAt)))
}

export type ReplyResult = { ok: true } | { ok: false; reason: 'not-found' | 'stale' }

/**
 * Saves the store's public reply to a review; an empty one removes it. Notifies the author of a new or changed reply to
 * a published review. Refuses a review that has changed since `version`.
 */
export async function replyToReview(input: {
  id: number
  version: number
  reply: string
  by: number
}): Promise<ReplyResult> {
  const { id, version, reply, by } = input
  return auditedTransaction(by, async (tx) => {
    const [before] = await tx.select().from(reviews).where(eq(reviews.id, id)).for('update')
    if (!before) return { ok: false, reason: 'not-found' }
    if (before.version !== version) return { ok: false, reason: 'stale' }
    if (before.reply === reply) return { ok: true }
    const [review] = await tx
      .update(reviews)
      .set({ reply, repliedAt: reply === '' ? null : sql`now()`, version: version + 1 })
      .where(eq(reviews.id, id))
      .returning()
    if (reply !== '' && before.status === 'approved')
      await notifyAuthor(tx, 'review-replied', await withTitle(tx, review!))
    return { ok: true }
  })
}

async function withTitle<Review extends { productId: number }>(tx: Tx, review: Review) {
  const [product] = await tx
    .select({ title: products.title })
    .from(products)
    .where(eq(products.id, review.productId))
  return { ...review, productTitle: product!.title }
}

const idsOf = (list: { id: number }[]) => list.map(({ id }) => id)
