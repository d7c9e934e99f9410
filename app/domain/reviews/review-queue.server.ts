import { and, asc, count, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { containsPattern } from '#app/domain/like.ts'
import { db } from '#db/client.ts'
import { products, reviewReports, reviews } from '#db/schema/index.ts'
import { isVerified } from './list-reviews.server.ts'
import { listPhotos } from './review-photos.server.ts'
import type { Selected } from './moderate-reviews.server.ts'

export type QueueFilter = 'pending' | 'approved' | 'rejected' | 'reported' | 'all'

export const queuePageSize = 50

/**
 * One page of reviews for staff, with the total. Those that wait are listed oldest first, all others newest first.
 * `query` matches part of the product's title, the text, or the author's name or email. Pages count from 1.
 */
export async function listQueue(input: { filter: QueueFilter; query: string; page: number }) {
  const { filter, query, page } = input
  const where = and(conditions[filter], matchesQuery(query))
  const isWaiting = filter === 'pending' || filter === 'reported'
  const by = isWaiting ? asc : desc
  const [rows, [total]] = await Promise.all([
    selectReviews()
      .where(where)
      .orderBy(by(reviews.submittedAt), by(reviews.id))
      .limit(queuePageSize)
      .offset((page - 1) * queuePageSize),
    db.select({ count: count() }).from(reviews).innerJoin(products, ofProduct).where(where),
  ])
  return { reviews: rows, total: total!.count }
}

/** How many reviews each filter finds. */
export async function countQueue(): Promise<Record<QueueFilter, number>> {
  const [row] = await db.execute<Record<QueueFilter, number>>(sql`
    select count(*) filter (where ${conditions.pending})::int as pending,
      count(*) filter (where ${conditions.approved})::int as approved,
      count(*) filter (where ${conditions.rejected})::int as rejected,
      count(*) filter (where ${conditions.reported})::int as reported,
      count(*)::int as "all"
    from ${reviews}`)
  return row!
}

/** Number of reviews that wait for a decision. */
export async function countPending(): Promise<number> {
  return db.$count(reviews, conditions.pending)
}

/** A review for staff, with its photos and open reports; null when there is none. */
export async function getReviewForStaff(id: number) {
  const [review] = await selectReviews().where(eq(reviews.id, id))
  if (!review) return null
  const [photos, reports] = await Promise.all([
    listPhotos([id]),
    db
      .select({
        id: reviewReports.id,
        reason: reviewReports.reason,
        note: reviewReports.note,
        createdAt: reviewReports.createdAt,
      })
      .from(reviewReports)
      .where(and(eq(reviewReports.reviewId, id), isNull(reviewReports.resolvedAt)))
      .orderBy(asc(reviewReports.id)),
  ])
  return { ...review, photos: photos.get(id) ?? [], reports }
}

/** Those of the reviews that are as staff have read them, in the order of the queue. */
export async function listSelected(selected: Selected) {
  const ids = selected.map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await selectReviews()
    .where(inArray(reviews.id, ids))
    .orderBy(asc(reviews.submittedAt), asc(reviews.id))
  return rows.filter(({ id, version }) => selected.some((one) => one.id === id && one.version === version))
}

function selectReviews() {
  return db
    .select({
      id: reviews.id,
      version: reviews.version,
      productId: reviews.productId,
      productTitle: products.title,
      handle: products.handle,
      userId: reviews.userId,
      email: reviews.email,
      authorName: reviews.authorName,
      stars: reviews.stars,
      title: reviews.title,
      text: reviews.text,
      status: reviews.status,
      rejectReason: reviews.rejectReason,
      reply: reviews.reply,
      helpfulCount: reviews.helpfulCount,
      submittedAt: reviews.submittedAt,
      isVerified,
      photoCount: sql<number>`(select count(*)::int from review_photos p where p.review_id = reviews.id)`,
      reportCount: sql<number>`(select count(*)::int from review_reports p where p.review_id = reviews.id and p.resolved_at is null)`,
    })
    .from(reviews)
    .innerJoin(products, ofProduct)
    .$dynamic()
}

const ofProduct = eq(products.id, reviews.productId)

const conditions: Record<Exclude<QueueFilter, 'all'>, SQL> & { all?: undefined } = {
  pending: eq(reviews.status, 'pending'),
  approved: eq(reviews.status, 'approved'),
  rejected: eq(reviews.status, 'rejected'),
  reported: sql`exists (select from ${reviewReports} r where r.review_id = ${reviews.id} and r.resolved_at is null)`,
}

function matchesQuery(query: string): SQL | undefined {
  if (query === '') return undefined
  const part = containsPattern(query)
  return or(
    ...[products.title, reviews.title, reviews.text, reviews.authorName, reviews.email].map(
      (column) => sql`${column} ilike ${part}`,
    ),
  )
}
