import { useMoney } from '#app/components/shop.ts'
import { describeStep, type Totals } from '#app/domain/pricing/totals.ts'

/** Subtotal, discounts, shipping, tax and total of a cart, and how the total comes about. */
export function TotalsList({
  totals,
  totalLabel = 'Total',
  arrives,
}: {
  totals: Totals
  totalLabel?: string
  /** Delivery dates, beside the shipping method. */
  arrives?: string | null
}) {
  const money = useMoney()
  const steps = totals.priceBreakdown
    .filter(({ kind }) => kind !== 'line')
    .map((step) => ({ ...step, ...describeStep(step, money) }))
  return (
    <>
      <dl className="sums">
        <div className="sum-row">
          <dt>Subtotal</dt>
          <dd className="numeric">{money(totals.subtotal)}</dd>
        </div>
        {steps
          .filter(({ isContained }) => !isContained)
          .map(({ kind, label, amount }, index) => (
            <div key={index} className={kind === 'discount' ? 'sum-row sum-row--discount' : 'sum-row'}>
              <dt dir="auto">
                {label}
                {kind === 'shipping' && arrives && (
                  <span className="soft small sum-row__aside">Arrives {arrives}</span>
                )}
              </dt>
              <dd className="numeric">{amount}</dd>
            </div>
          ))}
        <div className="sum-row sum-row--total">
          <dt>{totalLabel}</dt>
          <dd className="numeric">{money(totals.total)}</dd>
        </div>
        {steps
          .filter(({ isContained }) => isContained)
          .map(({ label, amount }) => (
            <div key={label} className="sum-row soft small">
              <dt>{label}</dt>
              <dd className="numeric">{amount}</dd>
            </div>
          ))}
      </dl>
      <WhyThisTotal totals={totals} />
    </>
  )
}

/** Every rule and its amount. */
export function WhyThisTotal({ totals }: { totals: Pick<Totals, 'priceBreakdown' | 'total'> }) {
  const money = useMoney()
  return (
    <details className="why small">
      <summary>Why this total?</summary>
      <table className="why__table">
        <caption className="visually-hidden">Each rule and its amount</caption>
        <tbody>
          {totals.priceBreakdown.map((step, index) => {
            const { label, amount } = describeStep(step, money)
            return (
              <tr key={index}>
                <th scope="row" dir="auto">
                  {label}
                  {step.tax && <span className="soft why__of">of {money(step.tax.base)} net</span>}
                </th>
                <td className="numeric">{amount}</td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td className="numeric">{money(totals.total)}</td>
          </tr>
        </tfoot>
      </table>
    </details>
  )
}
