import { eq, sql } from 'drizzle-orm'
import { signLink } from '#app/domain/mail/signed-links.server.ts'
import { getRequestToSend, requestDays } from '#app/domain/reviews/request-reviews.server.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import { orderLines, products, reviewRequests, reviews } from '#db/schema/index.ts'
import { env } from '#env'
import type { StoredEmail } from './email-link.server.ts'
import type { AccountEmailText } from './templates/account-email.tsx'

/** Asks for reviews of a delivered order; null when consent was withdrawn since, or nothing is left to review. */
export async function composeReviewRequest(email: StoredEmail, { shopName }: Settings, stopUrl: string) {
  const request = email.reviewRequestId === null ? null : await getRequestToSend(email.reviewRequestId)
  if (!request) return null
  const content: AccountEmailText = {
    subject: `How do you like your order from ${shopName}?`,
    heading: 'How do you like it?',
    lead: 'Your review helps other customers. It takes a minute, and you don’t have to sign in.',
    items: request.titles,
    button: {
      label: 'Write a review',
      href: env.appOrigin + urls.orderReviews(signLink('review order', request.id)),
    },
    after: `The link works for ${requestDays} days. Don’t share it: anyone with it can write reviews in your name. You get this email because you agreed to marketing emails from ${shopName}.`,
    stop: { label: 'Unsubscribe', href: stopUrl },
  }
  return { content }
}

type ReviewEmailKind = 'review-approved' | 'review-rejected' | 'review-replied'

/** What became of a review, for its author; null when it is gone or no longer in that state. */
export async function composeReviewEmail(
  email: StoredEmail & { kind: ReviewEmailKind },
  { shopName }: Settings,
): Promise<{ content: AccountEmailText } | null> {
  const { kind, reviewId } = email
  const review = reviewId === null ? null : await getReview(reviewId)
  if (!review || review.status !== (kind === 'review-rejected' ? 'rejected' : 'approved')) return null
  if (kind === 'review-rejected') return { content: rejection(review, shopName) }
  if (kind === 'review-replied' && review.reply === '') return null
  const { title, handle, reply } = review
  const button = { label: 'View your review', href: env.appOrigin + urls.productReviews(handle) }
  const content: AccountEmailText =
    kind === 'review-approved'
      ? {
          subject: `Your review of ${title} was published`,
          heading: 'Thank you for your review',
          lead: `Your review of ${title} is now on its page at ${shopName}.`,
          button,
        }
      : {
          subject: `${shopName} replied to your review of ${title}`,
          heading: 'Reply to your review',
          lead: `${shopName} replied to your review of ${title}:`,
          message: reply,
          button,
        }
  return { content }
}

type Review = NonNullable<Awaited<ReturnType<typeof getReview>>>

/** A customer edits the review in the account, a guest by the link of the request. */
function rejection(review: Review, shopName: string): AccountEmailText {
  const { title, handle, rejectReason, userId, requestId, productId } = review
  const byLink = requestId && urls.orderReview(signLink('review order', requestId), productId)
  const path = userId === null ? byLink : urls.newReview(handle)
  return {
    subject: `Your review of ${title} was not published`,
    heading: 'Your review was not published',
    lead: `${shopName} did not publish your review of ${title}. You can change it and send it again.`,
    message: rejectReason,
    ...(path && { button: { label: 'Edit your review', href: env.appOrigin + path } }),
  }
}

async function getReview(id: number) {
  const [review] = await db
    .select({
      status: reviews.status,
      userId: reviews.userId,
      productId: reviews.productId,
      requestId: sql<number | null>`(
        select max(r.id)::int from ${reviewRequests} r join ${orderLines} l on l.order_id = r.order_id
        where r.email = reviews.email and l.product_id = reviews.product_id)`,
      reply: reviews.reply,
      rejectReason: reviews.rejectReason,
      title: products.title,
      handle: products.handle,
    })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(eq(reviews.id, id))
  return review ?? null
}
