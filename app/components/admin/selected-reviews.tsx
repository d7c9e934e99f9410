import { Stars } from '#app/components/stars.tsx'
import { selectionValue } from './review-status.tsx'

type SelectedReview = {
  id: number
  version: number
  stars: number
  title: string
  text: string
  authorName: string
  productTitle: string
}

/** The reviews that a form decides on, and their hidden fields. */
export function SelectedReviews({ reviews }: { reviews: SelectedReview[] }) {
  return (
    <ul role="list" className="selected-reviews">
      {reviews.map((review, index) => (
        <li key={review.id}>
          <input type="hidden" name={`review[${index}]`} value={selectionValue(review)} />
          <p className="small">
            <Stars average={review.stars} /> <strong dir="auto">{review.productTitle}</strong>{' '}
            <span className="soft">
              by <bdi>{review.authorName}</bdi>
            </span>
          </p>
          {review.title && (
            <p className="selected-reviews__title" dir="auto">
              {review.title}
            </p>
          )}
          <p className="selected-reviews__text" dir="auto">
            {review.text}
          </p>
        </li>
      ))}
    </ul>
  )
}
