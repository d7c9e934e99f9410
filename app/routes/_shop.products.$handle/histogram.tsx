import { Link } from '@remix-run/react'
import { formatCount, formatNumber } from '#app/domain/intl.ts'
import { type Rating, reviewFields, starValues } from '#app/domain/reviews/reviews.ts'

/** How many reviews have each number of stars; each row shows only those, and the chosen one shows all again. */
export function Histogram({
  rating,
  chosen,
  to,
}: {
  rating: Rating
  chosen: number | null
  to: (changes: Record<string, string | null>) => string
}) {
  return (
    <ul role="list" className="histogram">
      {starValues.map((stars) => {
        const count = rating.byStars[stars - 1]!
        const share = { '--share': `${(count * 100) / rating.count}%` } as React.CSSProperties
        const row = (
          <>
            <span className="histogram__label">{formatCount(stars, 'star')}</span>
            <span className="histogram__bar" style={share} aria-hidden="true" />
            <span className="histogram__count">
              {formatNumber(count)}
              <span className="visually-hidden"> {count === 1 ? 'review' : 'reviews'}</span>
            </span>
          </>
        )
        return (
          <li key={stars}>
            {count === 0 ? (
              <span className="histogram__row">{row}</span>
            ) : (
              <Link
                className="histogram__row"
                to={to({ [reviewFields.stars]: chosen === stars ? null : `${stars}` })}
                aria-current={chosen === stars ? 'true' : undefined}
                preventScrollReset
                rel="nofollow"
              >
                {row}
              </Link>
            )}
          </li>
        )
      })}
    </ul>
  )
}
