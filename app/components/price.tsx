import { useMoney } from './shop.ts'

/** A price, a range from the lowest, or "Price on request"; struck through what it was before. */
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
