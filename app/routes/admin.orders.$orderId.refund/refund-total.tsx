import { Panel } from '#app/components/admin/panel.tsx'
import { useMoney } from '#app/components/shop.ts'
import type { RefundAmounts } from '#app/domain/billing/refund-amounts.ts'
import type { RefundPage } from './route.tsx'

/** The parts of the refund, its total and how the money goes back. */
export function RefundTotal({ page, amounts }: { page: RefundPage; amounts: RefundAmounts }) {
  const money = useMoney()
  const items = amounts.lines.reduce((sum, line) => sum + line.amount, 0)
  const isMore = amounts.amount > page.refundable
  const rows = [
    { label: 'Items', amount: items },
    { label: 'Shipping', amount: amounts.shippingAmount },
    { label: 'Other amount', amount: amounts.extraAmount },
  ]
  return (
    <Panel title="Refund total">
      <dl className="sum sum--wide" aria-live="polite">
        {rows
          .filter(({ amount }) => amount > 0)
          .map(({ label, amount }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{money(amount)}</dd>
            </div>
          ))}
        {amounts.tax > 0 && (
          <div className="soft">
            <dt>Includes tax</dt>
            <dd>{money(amounts.tax)}</dd>
          </div>
        )}
        <div className="sum__total">
          <dt>Total</dt>
          <dd>{money(amounts.amount)}</dd>
        </div>
      </dl>
      {isMore && <p className="field__error">At most {money(page.refundable)} can be refunded.</p>}
      <p className="soft small">
        {page.order.paymentMethod === 'stripe'
          ? 'Card payments are refunded to the card. You send the rest yourself.'
          : 'You send the money yourself, for example by bank transfer.'}
      </p>
    </Panel>
  )
}
