import { useMoney } from '#app/components/shop.ts'

export type ShownRefund = {
  id: number
  amount: number
  on: string
  isPending: boolean
  shippingAmount: number
  lines: { orderLineId: number; quantity: number; title: string; variantTitle: string }[]
}

/** What was paid back, and for what. */
export function Refunds({ refunds }: { refunds: ShownRefund[] }) {
  const money = useMoney()
  if (refunds.length === 0) return null
  return (
    <section aria-labelledby="refunds">
      <h2 id="refunds">Refunds</h2>
      <ul className="receipt__parts" role="list">
        {refunds.map((refund) => (
          <li key={refund.id}>
            <p>
              <strong className="numeric">{money(refund.amount)}</strong>, {refund.on}
              {refund.isPending && ', on its way'}
            </p>
            <p className="soft small" dir="auto">
              {[
                ...refund.lines.map(
                  ({ quantity, title, variantTitle }) =>
                    `${quantity} × ${[title, variantTitle].filter(Boolean).join(', ')}`,
                ),
                refund.shippingAmount > 0 ? 'Shipping' : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
