import type { reviewReportReason, reviewStatus } from '#db/schema/reviews.ts'

export type ReviewStatus = (typeof reviewStatus.enumValues)[number]
export type ReportReason = (typeof reviewReportReason.enumValues)[number]

/** Photos that a review can have. */
export const maxPhotos = 4

/** Reviews per page of a product. */
export const reviewsPerPage = 10

export const starValues = [5, 4, 3, 2, 1] as const

/** A product's approved reviews: how many there are with each number of stars, from one to five. */
export type Rating = { count: number; sum: number; byStars: [number, number, number, number, number] }

/** What a card shows of it; null without reviews. */
export type CardRating = Pick<Rating, 'count' | 'sum'>

export const noRating: Rating = { count: 0, sum: 0, byStars: [0, 0, 0, 0, 0] }

/** The average of at least one review, in tenths: 4.3. */
export function averageStars({ sum, count }: CardRating): number {
  return Math.round((sum * 10) / count) / 10
}

/** "4.3", "5.0" */
export const formatStars = (average: number): string => average.toFixed(1)

/** A photo of a review that is ready to be shown. */
export type ReviewPhoto = { id: number; hash: string; width: number; height: number; color: string | null }

/** A review as shoppers see it. */
export type PublicReview = {
  id: number
  authorName: string
  stars: number
  title: string
  text: string
  reply: string
  repliedAt: Date | null
  submittedAt: Date
  helpfulCount: number
  /** The product was delivered to the author in an order of this store. */
  isVerified: boolean
  photos: ReviewPhoto[]
}

export const reviewSorts = ['newest', 'helpful', 'highest', 'lowest'] as const
export type ReviewSort = (typeof reviewSorts)[number]

export const reviewSortLabels = {
  newest: 'Newest',
  helpful: 'Most helpful',
  highest: 'Highest rating',
  lowest: 'Lowest rating',
} satisfies Record<ReviewSort, string>

/** Which reviews of a product a page shows. */
export type ReviewQuery = { stars: number | null; sort: ReviewSort; page: number }

/** The parameters of a product page's URL for its reviews. */
export const reviewFields = { stars: 'stars', sort: 'reviews_sort', page: 'reviews_page' }

/** Anything that is not a valid value counts as absent. */
export function readReviewQuery(query: URLSearchParams): ReviewQuery {
  const stars = query.get(reviewFields.stars) ?? ''
  const page = query.get(reviewFields.page) ?? ''
  const sort = query.get(reviewFields.sort)
  return {
    stars: /^[1-5]$/.test(stars) ? Number(stars) : null,
    sort: reviewSorts.find((one) => one === sort) ?? 'newest',
    page: /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 1,
  }
}

export const reviewStatusLabels = {
  pending: 'Pending',
  approved: 'Published',
  rejected: 'Rejected',
} satisfies Record<ReviewStatus, string>

export const reportReasonLabels = {
  offensive: 'It is offensive',
  spam: 'It is spam or advertising',
  'private-data': 'It contains private information',
  'not-about-the-product': 'It is not about the product',
  other: 'Something else',
} satisfies Record<ReportReason, string>
