import { Link } from '@remix-run/react'
import { percentBelow } from '#app/domain/pricing/prior-price.ts'
import type { ProductCard as Card } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'
import { filledRows, filledSizes } from './filled-rows.ts'
import { useLiveCard } from './live/live-overrides.ts'
import { RatingLine } from './stars.tsx'
import { ResponsiveImage } from './responsive-image.tsx'
import { Price } from './price.tsx'

const sizes = '(min-width: 90rem) 20rem, (min-width: 72rem) 23vw, (min-width: 44rem) 31vw, 47vw'

/**
 * The images of the first row are loaded eagerly, the rest lazily. With `isFilled` the rows have no hole, for any number
 * of products.
 */
export function ProductGrid({
  cards,
  isFirst = false,
  isFilled = false,
  foundBy,
}: {
  cards: Card[]
  /** The query that found them. */
  foundBy?: string
  isFirst?: boolean
  isFilled?: boolean
}) {
  const rows = isFilled ? filledRows(cards.length, { narrow: 2, medium: 3, wide: 4 }) : []
  return (
    <ul role="list" className={isFilled ? 'grid filled' : 'grid'}>
      {cards.map((card, index) => (
        <li key={card.id} {...rows[index]}>
          <ProductCard
            card={card}
            foundBy={foundBy}
            isFirst={isFirst && index < 4}
            sizes={rows[index] ? filledSizes(rows[index]) : sizes}
          />
        </li>
      ))}
    </ul>
  )
}

function ProductCard({
  card: made,
  foundBy,
  isFirst,
  sizes,
}: {
  card: Card
  foundBy?: string
  isFirst: boolean
  sizes: string
}) {
  const card = useLiveCard(made)
  const flag = flagOf(card)
  return (
    <article className={card.isSoldOut ? 'card card--sold-out' : 'card'}>
      <div className="card__art">
        <ResponsiveImage
          image={card.image}
          seed={card.title}
          sizes={sizes}
          frame={4 / 5}
          isFirst={isFirst}
          alt=""
        />
        {flag && <span className="card__flag">{flag}</span>}
      </div>
      <div className="card__words">
        <h3 className="card__title">
          {/* A prefetched response would be shown without a request, so clicks on it could not be counted. */}
          <Link
            to={urls.foundProduct(card.handle, foundBy)}
            prefetch={foundBy ? 'none' : 'intent'}
            dir="auto"
          >
            {card.title}
          </Link>
        </h3>
        <p className="card__price">
          <Price min={card.priceMin} max={card.priceMax} was={card.compareAtPrice} prior={card.priorPrice} />
        </p>
        {card.rating && (
          <p className="card__meta">
            <RatingLine rating={card.rating} />
          </p>
        )}
        {card.variantCount > 1 && <p className="card__meta small">{card.variantCount} options</p>}
      </div>
    </article>
  )
}

/** A store that shows prior prices announces a reduction only by the percentage below it. */
function flagOf({ isSoldOut, priceMin, compareAtPrice, priorPrice }: Card): string | null {
  if (isSoldOut) return 'Sold out'
  if (compareAtPrice === null || priceMin === null) return null
  if (priorPrice === undefined) return 'Sale'
  const percent = percentBelow(priceMin, priorPrice)
  return percent === null ? null : `−${percent}%`
}
