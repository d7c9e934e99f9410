import { Link } from '@remix-run/react'
import { usePolicies } from '#app/components/policies.tsx'
import type { PaymentState } from '#app/domain/orders/order-states.ts'
import { pagePath } from '#app/domain/pages/pages.ts'
import { paymentLabels } from '#app/domain/payments/payments.ts'
import { InvoiceLinks } from './invoice-links.tsx'
import type { ReceiptPage } from './route.tsx'

/** The payment state, from the customer's point of view. */
const paymentWords = {
  pending: 'Awaiting payment',
  authorized: 'Authorized',
  paid: 'Paid',
  'partially-refunded': 'Partially refunded',
  refunded: 'Refunded',
  voided: 'Not paid',
} satisfies Record<PaymentState, string>

/** Where the order goes, how it is paid, and the customer's note. */
export function Facts({ receipt }: { receipt: ReceiptPage }) {
  const { order } = receipt
  return (
    <div className="receipt__facts">
      <section>
        <h2>{order.isPickup ? 'Your address' : 'Ship to'}</h2>
        <address dir="auto">
          {receipt.shipTo.map((line, index) => (
            <span key={index}>{line}</span>
          ))}
        </address>
        {order.vatNumber && <p className="soft">VAT number {order.vatNumber}</p>}
        <p className="soft">{order.shippingLabel}</p>
        {order.isPickup && (
          <p className="receipt__bank" dir="auto">
            {receipt.storeAddress}
          </p>
        )}
      </section>
      <section>
        <h2>Payment</h2>
        <p>{paymentLabels[order.paymentMethod]}</p>
        <p className="soft">{paymentWords[order.paymentState]}</p>
        <InvoiceLinks invoices={receipt.invoices} token={order.token} />
      </section>
      {order.customerNote && (
        <section>
          <h2>Your note</h2>
          <p dir="auto">{order.customerNote}</p>
        </section>
      )}
      <Policies />
    </div>
  )
}

function Policies() {
  const policies = usePolicies()
  if (policies.length === 0) return null
  return (
    <section>
      <h2>Policies</h2>
      <ul role="list">
        {policies.map((policy) => (
          <li key={policy.handle}>
            <Link to={pagePath(policy)} dir="auto">
              {policy.title}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
