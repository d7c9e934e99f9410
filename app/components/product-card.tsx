import { Link } from '@remix-run/react'
import type { ProductCard as Card } from '#app/domain/catalog/catalog.ts'
import { urls } from '#app/urls.ts'
import { useCardNow } from './live/facts.ts'
import { Picture } from './picture.tsx'
import { Price } from './price.tsx'

const sizes = '(min-width: 90rem) 20rem, (min-width: 72rem) 23vw, (min-width: 44rem) 31vw, 47vw'

/** The first row is asked for at once; the rest loads as it comes near. */
export function ProductGrid({ cards, isFirst = false }: { cards: Card[]; isFirst?: boolean }) {
  return (
    <ul role="list" className="grid">
      {cards.map((card, index) => (
        <li key={card.id}>
          <ProductCard card={card} isFirst={isFirst && index < 4} />
        </li>
      ))}
    </ul>
  )
}

function ProductCard({ card: made, isFirst }: { card: Card; isFirst: boolean }) {
  const card = useCardNow(made)
  const isReduced = card.compareAtPrice !== null
  return (
    <article className={card.isSoldOut ? 'card card--sold-out' : 'card'}>
      <div className="card__art">
        <Picture image={card.image} words={card.title} sizes={sizes} isFirst={isFirst} alt="" />
        {card.isSoldOut ? (
          <span className="card__flag">Sold out</span>
        ) : (
          isReduced && <span className="card__flag">Reduced</span>
        )}
      </div>
      <div className="card__words">
        <h3 className="card__title">
          <Link to={urls.product(card.handle)} prefetch="intent" dir="auto">
            {card.title}
          </Link>
        </h3>
        <p className="card__meta">
          <Price min={card.priceMin} max={card.priceMax} was={card.compareAtPrice} />
        </p>
        {card.variantCount > 1 && <p className="card__meta small">{card.variantCount} versions</p>}
      </div>
    </article>
  )
}
