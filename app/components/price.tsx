import { percentBelow } from '#app/domain/pricing/prior-price.ts'
import { useMoney } from './shop.ts'

type Prices = {
  min: number | null
  max?: number | null
  was?: number | null
  /** The lowest price of the 30 days before a reduction, where the store shows it. */
  prior?: number
  /** With the percentage below the prior price. */
  isDetailed?: boolean
}

/** A price, "from" the lowest of a range, or "Price on request"; with the original price crossed out. */
export function Price({ min, max, was, prior, isDetailed = false }: Prices) {
  const money = useMoney()
  if (min === null) return <span className="price">Price on request</span>
  const isRange = max !== undefined && max !== null && max > min
  const isReduced = was !== undefined && was !== null && was > min
  const percent = isDetailed && isReduced && prior !== undefined ? percentBelow(min, prior) : null
  return (
    <span className="price">
      <span className={isReduced ? 'price__now price__now--sale' : 'price__now'}>
        {isReduced && <span className="visually-hidden">Now </span>}
        {isRange && 'From '}
        {money(min)}
      </span>
      {isReduced && (
        <s className="price__was">
          <span className="visually-hidden">before </span>
          {money(was)}
        </s>
      )}
      {percent !== null && <span className="price__percent">−{percent}%</span>}
      {isReduced && prior !== undefined && (
        <span className="price__prior">
          {isDetailed ? 'Lowest price of the last 30 days: ' : 'Lowest in 30 days: '}
          {money(prior)}
        </span>
      )}
    </span>
  )
}
