import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import {
  fulfillmentLines,
  fulfillments,
  orderLines,
  orders,
  productRatings,
  reviews,
} from '#db/schema/index.ts'
import { listPhotos } from './review-photos.server.ts'
import {
  noRating,
  type PublicReview,
  type Rating,
  type ReviewQuery,
  reviewsPerPage,
  type ReviewSort,
} from './reviews.ts'

/**
 * What a product's page shows of its approved reviews: the rating of all, and one page of those that match. `pages` is
 * 0 when none match.
 */
export async function listProductReviews(
  productId: number,
  { stars, sort, page }: ReviewQuery,
): Promise<{ rating: Rating; reviews: PublicReview[]; pages: number }> {
  const rating = await getRating(productId)
  const total = stars === null ? rating.count : rating.byStars[stars - 1]!
  if (total === 0) return { rating, reviews: [], pages: 0 }
  const rows = await db
    .select({
      id: reviews.id,
      authorName: reviews.authorName,
      stars: reviews.stars,
      title: reviews.title,
      text: reviews.text,
      reply: reviews.reply,
      repliedAt: reviews.repliedAt,
      submittedAt: reviews.submittedAt,
      helpfulCount: reviews.helpfulCount,
      isVerified,
    })
    .from(reviews)
    .where(
      and(
        eq(reviews.productId, productId),
        eq(reviews.status, 'approved'),
        stars === null ? undefined : eq(reviews.stars, stars),
      ),
    )
    .orderBy(...orderOf[sort])
    .limit(reviewsPerPage)
    .offset((page - 1) * reviewsPerPage)
  const photos = await listPhotos(rows.map(({ id }) => id))
  return {
    rating,
    reviews: rows.map((row) => ({ ...row, photos: photos.get(row.id) ?? [] })),
    pages: Math.ceil(total / reviewsPerPage),
  }
}

async function getRating(productId: number): Promise<Rating> {
  const [row] = await db.select().from(productRatings).where(eq(productRatings.productId, productId))
  if (!row) return noRating
  const { count, sum, stars1, stars2, stars3, stars4, stars5 } = row
  return { count, sum, byStars: [stars1, stars2, stars3, stars4, stars5] }
}

const newest = [desc(reviews.submittedAt), desc(reviews.id)]

const orderOf = {
  newest,
  helpful: [desc(reviews.helpfulCount), ...newest],
  highest: [desc(reviews.stars), ...newest],
  lowest: [asc(reviews.stars), ...newest],
} satisfies Record<ReviewSort, SQL[]>

/**
 * SQL expression: the product was delivered to the author of the review, in an order of their account or of their
 * mailbox. Read from the orders each time, so it is never older than they are.
 */
export const isVerified: SQL<boolean> = sql<boolean>`exists (
  select from ${orders} o
  join ${orderLines} l on l.order_id = o.id and l.product_id = reviews.product_id
  join ${fulfillmentLines} fl on fl.order_line_id = l.id
  join ${fulfillments} f on f.id = fl.fulfillment_id and f.delivered_at is not null and f.canceled_at is null
  where o.customer_key = reviews.customer_key or o.user_id = reviews.user_id)`
