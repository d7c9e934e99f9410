import { PayNow } from './pay-now.tsx'
import { useMoney, useShop } from '#app/components/shop.ts'
import type { PaymentMethodId } from '#app/domain/payments/payments.ts'
import type { FulfillmentState, PaymentState } from '#app/domain/orders/order-states.ts'

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
      total: number
      paymentState: PaymentState
      fulfillmentState: FulfillmentState
      paymentMethod: PaymentMethodId
    }
  }
}) {
  const { order, name, bankDetails } = receipt
  const money = useMoney()
  const shop = useShop()
  if (order.fulfillmentState === 'fulfilled') return null
  if (order.paymentMethod === 'stripe' && order.paymentState === 'pending') return <PayNow {...receipt} />
  const isWaitingForMoney = order.paymentMethod === 'bank-transfer' && order.paymentState === 'pending'
  return (
    <section className="notice" aria-labelledby="next">
      <h2 id="next">What happens next</h2>
      {isWaitingForMoney ? (
        <>
          <p>
            Please transfer <strong className="numeric">{money(order.total)}</strong> with the reference{' '}
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
          Please pay <strong className="numeric">{money(order.total)}</strong> on delivery.
        </p>
      ) : (
        <p>
          {order.paymentMethod === 'none'
            ? 'No payment is needed.'
            : order.paymentState === 'authorized'
              ? 'Your payment is authorized.'
              : 'We received your payment.'}{' '}
          {shop?.sendsEmail
            ? 'We’ll email you when your order ships.'
            : 'This page shows when your order ships.'}
        </p>
      )}
    </section>
  )
}
