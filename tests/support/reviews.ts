import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { markDelivered } from '#app/domain/orders/shipments.server.ts'
import { approveReviews } from '#app/domain/reviews/moderate-reviews.server.ts'
import { type ReviewAuthor, submitReview } from '#app/domain/reviews/submit-review.server.ts'
import { db } from '#db/client.ts'
import { reviews } from '#db/schema/index.ts'
import type { CheckoutInput } from '#app/domain/checkout/checkout.schema.ts'
import { createOrder, createUser } from './cast.ts'
import { ship } from './payments.ts'

export const words = { authorName: 'Cara', stars: 4, title: 'Good', text: 'It holds water.' }

/** Writes a review, and returns its row. */
export async function writeReview(
  author: ReviewAuthor,
  productId: number,
  changes: Partial<typeof words> & { photos?: string[] | null } = {},
) {
  const { photos = null, ...facts } = changes
  const result = await submitReview({ author, productId, facts: { ...words, ...facts }, photos })
  if (!result.ok) throw new Error(`Review refused: ${result.reason}`)
  return readReview(result.reviewId)
}

/** A published review by a new customer. */
export async function publishReview(
  productId: number,
  by: number,
  changes: Parameters<typeof writeReview>[2] = {},
) {
  const author = await createAuthor()
  const review = await writeReview(author, productId, changes)
  await approveReviews({ selected: [review], by })
  return { author, review: await readReview(review.id) }
}

/** Stores an approved review for each of these stars of a product. */
export async function insertApproved(on: Pick<typeof db, 'insert'>, productId: number, stars: number[]) {
  if (stars.length === 0) return
  const rows = stars.map((own) => ({ ...words, stars: own, productId, email: `${randomUUID()}@example.com` }))
  await on
    .insert(reviews)
    .values(rows.map((row) => ({ ...row, status: 'approved' as const, moderatedAt: sql`now()` })))
}

export async function createAuthor(): Promise<ReviewAuthor & { userId: number }> {
  const { id: userId, email } = await createUser()
  return { userId, email }
}

export async function readReview(id: number) {
  const [review] = await db.select().from(reviews).where(eq(reviews.id, id))
  return review!
}

/** An order of one unit, shipped and delivered. */
export async function createDeliveredOrder(
  wanted: { variantId: number },
  changes: Partial<CheckoutInput> = {},
): Promise<{ orderId: number; olga: number }> {
  const { orderId, olga } = await createOrder(wanted, { payment: 'cash-on-delivery', ...changes })
  const fulfillmentId = await ship({ orderId, by: olga, quantity: 1 })
  await markDelivered({ orderId, fulfillmentId, by: olga })
  return { orderId, olga }
}
