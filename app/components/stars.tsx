import { averageStars, type CardRating, formatStars } from '#app/domain/reviews/reviews.ts'
import { formatCount, formatNumber } from '#app/domain/intl.ts'

const path = 'M12 2.6l2.9 6 6.6.9-4.8 4.6 1.2 6.5L12 17.5l-5.9 3.1 1.2-6.5L2.5 9.5l6.6-.9Z'

/** One star, for a row or a radio button. */
export function Star() {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={path} fill="currentColor" />
    </svg>
  )
}

/** Five stars, of which a part is filled. Screen readers read "4.3 out of 5 stars", or nothing with `isSilent`. */
export function Stars({ average, isSilent = false }: { average: number; isSilent?: boolean }) {
  const filled = { '--filled': `${average * 20}%` } as React.CSSProperties
  const label = isSilent
    ? { 'aria-hidden': true }
    : {
        role: 'img',
        'aria-label': `${Number.isInteger(average) ? average : formatStars(average)} out of 5 stars`,
      }
  return (
    <span className="stars" style={filled} {...label}>
      <Row />
      <span className="stars__filled">
        <Row />
      </span>
    </span>
  )
}

function Row() {
  return (
    <span className="stars__row">
      {[1, 2, 3, 4, 5].map((star) => (
        <Star key={star} />
      ))}
    </span>
  )
}

/** The stars of a product with the number of its reviews; a card has them only with reviews. */
export function RatingLine({ rating }: { rating: CardRating }) {
  return (
    <span className="rating-line">
      <Stars average={averageStars(rating)} />
      <span className="numeric">
        <span aria-hidden="true">({formatNumber(rating.count)})</span>
        <span className="visually-hidden">{formatCount(rating.count, 'review')}</span>
      </span>
    </span>
  )
}
