import { useMoney } from './shop.ts'

/** A price, "from" the lowest of a range, or "Price on request"; with the original price crossed out. */
export function Price({ min, max, was }: { min: number | null; max?: number | null; was?: number | null }) {
  const money = useMoney()
  if (min === null) return <span className="price">Price on request</span>
  const isRange = max !== undefined && max !== null && max > min
  const isReduced = was !== undefined && was !== null && was > min
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
    </span>
  )
}
