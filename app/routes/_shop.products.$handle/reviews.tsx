import { Link, useSearchParams } from '@remix-run/react'
import { Pagination } from '#app/components/pagination.tsx'
import { Star, Stars } from '#app/components/stars.tsx'
import { formatCount } from '#app/domain/intl.ts'
import {
  averageStars,
  formatStars,
  type PublicReview,
  type Rating,
  reviewFields,
  type ReviewQuery,
  reviewSortLabels,
  reviewSorts,
  starValues,
} from '#app/domain/reviews/reviews.ts'
import { urls } from '#app/urls.ts'
import { Histogram } from './histogram.tsx'
import { Review } from './review.tsx'

export type ProductReviews = { rating: Rating; reviews: PublicReview[]; pages: number; asked: ReviewQuery }

type Props = ProductReviews & { product: { handle: string; title: string } }

/** The approved reviews of a product: average, a histogram that filters, and one page of the list. */
export function Reviews({ product, rating, reviews, pages, asked }: Props) {
  const to = useReviewsUrl()
  return (
    <section className="push reviews" id="reviews" aria-labelledby="reviews-title">
      <div className="section-head">
        <h2 id="reviews-title">Reviews</h2>
      </div>
      {rating.count === 0 ? (
        <NoReviews product={product} />
      ) : (
        <div className="reviews__body">
          <div className="reviews__side">
            <Summary rating={rating} />
            <Histogram rating={rating} chosen={asked.stars} to={to} />
            <WriteLink handle={product.handle} />
          </div>
          <div className="reviews__main">
            <ListHead rating={rating} asked={asked} to={to} />
            {reviews.length === 0 ? (
              <p className="soft reviews__none">No reviews on this page.</p>
            ) : (
              <ol role="list" className="reviews__list">
                {reviews.map((review) => (
                  <li key={review.id}>
                    <Review review={review} />
                  </li>
                ))}
              </ol>
            )}
            <Pagination page={asked.page} pages={pages} to={(page) => to({ [reviewFields.page]: page })} />
          </div>
        </div>
      )}
    </section>
  )
}

type ToUrl = (changes: Record<string, string | number | null>) => string

/** The page's URL with other reviews; the variant stays selected. Goes back to the first page of the list. */
function useReviewsUrl(): ToUrl {
  const [params] = useSearchParams()
  return (changes) => {
    const next = new URLSearchParams(params)
    next.delete(reviewFields.page)
    for (const [name, value] of Object.entries(changes))
      if (value === null || value === 1) next.delete(name)
      else next.set(name, String(value))
    return `?${next}#reviews`
  }
}

function WriteLink({ handle }: { handle: string }) {
  return (
    <Link className="button" to={urls.newReview(handle)} rel="nofollow">
      Write a review
    </Link>
  )
}

function NoReviews({ product }: Pick<Props, 'product'>) {
  return (
    <div className="reviews__empty">
      <span className="reviews__empty-art" aria-hidden="true">
        {starValues.map((value) => (
          <Star key={value} />
        ))}
      </span>
      <h3>No reviews yet</h3>
      <p className="soft">
        Do you own it? Tell others what you think of <bdi>{product.title}</bdi>.
      </p>
      <WriteLink handle={product.handle} />
    </div>
  )
}

function Summary({ rating }: { rating: Rating }) {
  const average = averageStars(rating)
  return (
    <p className="reviews__summary">
      <span className="reviews__average">{formatStars(average)}</span>
      <span>
        <Stars average={average} />
        <span className="soft small">{formatCount(rating.count, 'review')}</span>
      </span>
    </p>
  )
}

function ListHead({ rating, asked, to }: { rating: Rating; asked: ReviewQuery; to: ToUrl }) {
  const { stars, sort } = asked
  return (
    <div className="reviews__head">
      <p className="small" role="status">
        {stars === null
          ? formatCount(rating.count, 'review')
          : `${formatCount(rating.byStars[stars - 1]!, 'review')} with ${formatCount(stars, 'star')}`}
        {stars !== null && (
          <>
            {' '}
            <Link to={to({ [reviewFields.stars]: null })} preventScrollReset>
              Show all
            </Link>
          </>
        )}
      </p>
      {rating.count > 1 && (
        <nav aria-label="Sort reviews">
          <ul role="list" className="reviews__sorts">
            {reviewSorts.map((one) => (
              <li key={one}>
                <Link
                  to={to({ [reviewFields.sort]: one === 'newest' ? null : one })}
                  aria-current={one === sort ? 'true' : undefined}
                  preventScrollReset
                  rel="nofollow"
                >
                  {reviewSortLabels[one]}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  )
}
