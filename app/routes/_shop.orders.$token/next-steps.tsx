import { PayNow } from './pay-now.tsx'
import { useMoney, useShop } from '#app/components/shop.ts'
import type { PaymentMethodId } from '#app/domain/payments/payments.ts'
import {
  amountDue,
  type FulfillmentState,
  type PaymentSums,
  type PaymentState,
  unpaidStates,
} from '#app/domain/orders/order-states.ts'

/** What the customer has to do, or what happens next. */
export function NextSteps({
  receipt,
}: {
  receipt: {
    name: string
    bankDetails: string
    payUntil: string | null
    isProcessing: boolean
    acceptsCards: boolean
    order: {
      token: string
      paymentState: PaymentState
      fulfillmentState: FulfillmentState
      paymentMethod: PaymentMethodId
    } & PaymentSums
  }
}) {
  const { order, name, bankDetails } = receipt
  const isPartlyShipped = order.fulfillmentState === 'partly-fulfilled'
  const money = useMoney()
  const shop = useShop()
  if (order.fulfillmentState === 'fulfilled') return null
  if (order.paymentState === 'refunded') return <Refunded isPartlyShipped={isPartlyShipped} />
  if (order.paymentMethod === 'stripe' && unpaidStates.includes(order.paymentState))
    return <PayNow {...receipt} />
  const isWaitingForMoney = order.paymentMethod === 'bank-transfer' && order.paymentState === 'pending'
  return (
    <section className="notice" aria-labelledby="next">
      <h2 id="next">What happens next</h2>
      {isWaitingForMoney ? (
        <>
          <p>
            Please transfer <strong className="numeric">{money(amountDue(order))}</strong> with the reference{' '}
            <strong>{name}</strong>. We ship when your payment arrives.
          </p>
          {bankDetails ? (
            <p className="receipt__bank" dir="auto">
              {bankDetails}
            </p>
          ) : (
            <p>
              Ask us for our bank details: <a href={`mailto:${shop?.contactEmail}`}>{shop?.contactEmail}</a>
            </p>
          )}
        </>
      ) : order.paymentMethod === 'cash-on-delivery' && order.paymentState === 'pending' ? (
        <p>
          Please pay <strong className="numeric">{money(amountDue(order))}</strong> on delivery.
        </p>
      ) : (
        <p>
          {order.paymentMethod === 'none'
            ? 'No payment is needed.'
            : order.paymentState === 'authorized'
              ? 'Your payment is authorized.'
              : 'We received your payment.'}{' '}
          {shop?.sendsEmail ? 'We’ll email you when' : 'This page shows when'}{' '}
          {isPartlyShipped ? 'the rest of your order ships.' : 'your order ships.'}
        </p>
      )}
    </section>
  )
}

function Refunded({ isPartlyShipped }: { isPartlyShipped: boolean }) {
  return (
    <section className="notice" aria-labelledby="next">
      <h2 id="next">Your payment was refunded</h2>
      <p>
        {!isPartlyShipped && 'Nothing will be shipped. '}It can take some days until your bank shows the
        money.
      </p>
    </section>
  )
}
