import { formatNumber } from '#app/domain/intl.ts'

/** How many shoppers asked for an email when the variant is back in stock. */
export function StockAlertCount({ count = 0 }: { count?: number }) {
  if (count === 0) return null
  return <p className="field__hint">{formatNumber(count)} waiting for restock</p>
}
