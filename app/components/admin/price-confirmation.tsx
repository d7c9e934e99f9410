import type { PriceIssues } from '#app/domain/products/price-issues.ts'
import { describePriceIssues } from './price-issue-text.ts'

/** Asks, inside a refused form, whether to publish variants without a price or for free. */
export function PriceConfirmation({ issues, isSingle }: { issues: PriceIssues; isSingle: boolean }) {
  const { missing, free } = issues
  const label =
    free === 0 ? 'Publish without a price' : missing === 0 ? 'Sell for free' : 'Publish with these prices'
  return (
    <div className="notice notice--warn error-summary" role="alert" tabIndex={-1} autoFocus>
      <h2>{free === 0 ? 'Publish without a price?' : 'Publish with a price of 0?'}</h2>
      <p>{describePriceIssues(issues, isSingle)}</p>
      <p>Nothing is saved yet. Enter the price, choose the status “Draft”, or confirm and save again.</p>
      <label className="check">
        <input type="checkbox" name="confirmPrices" value="on" />
        <span className="check__text">{label}</span>
      </label>
    </div>
  )
}
