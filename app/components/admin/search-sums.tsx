import { useMoney } from '#app/components/shop.ts'
import { formatCount, formatNumber } from '#app/domain/intl.ts'
import { clickRate, type SearchedTerm } from '#app/domain/reports/search-report.ts'

/** Searches, clicks and sales of one term or of all. */
export function SearchSums({
  of,
  results,
}: {
  of: Pick<SearchedTerm, 'searches' | 'clicks' | 'sales'>
  /** What the searches found. */
  results: string
}) {
  const money = useMoney()
  const { searches, clicks, sales } = of
  return (
    <dl className="figures">
      <div className="figure">
        <dt>Searches</dt>
        <dd className="figure__value">{formatNumber(searches)}</dd>
        <dd>{results}</dd>
      </div>
      <div className="figure">
        <dt>Clicks on products</dt>
        <dd className="figure__value">{formatNumber(clicks)}</dd>
        <dd>Click rate {clickRate(of)}</dd>
      </div>
      {sales && (
        <div className="figure">
          <dt>Bought after a search</dt>
          <dd className="figure__value">{money(sales.revenue)}</dd>
          <dd>
            {formatCount(sales.units, 'unit')} in {formatCount(sales.orders, 'order')}
          </dd>
        </div>
      )}
    </dl>
  )
}
