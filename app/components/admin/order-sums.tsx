import { WhyThisTotal } from '#app/components/checkout/totals-list.tsx'
import { useMoney } from '#app/components/shop.ts'
import { describeStep, type Totals } from '#app/domain/pricing/totals.ts'

/** Subtotal, discounts, shipping, tax and total of an order, and how the total comes about. */
export function OrderSums({ totals, totalLabel = 'Total' }: { totals: Totals; totalLabel?: string }) {
  const money = useMoney()
  const rest = totals.priceBreakdown
    .filter((step) => step.kind !== 'line')
    .map((step) => describeStep(step, money))
  return (
    <>
      <dl className="sum sum--wide">
        <div>
          <dt>Subtotal</dt>
          <dd>{money(totals.subtotal)}</dd>
        </div>
        {rest.map((step, index) => (
          <div key={index}>
            <dt dir="auto">{step.label}</dt>
            <dd>{step.amount}</dd>
          </div>
        ))}
        <div className="sum__total">
          <dt>{totalLabel}</dt>
          <dd>{money(totals.total)}</dd>
        </div>
      </dl>
      <WhyThisTotal totals={totals} />
    </>
  )
}
