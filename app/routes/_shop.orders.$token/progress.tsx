import type { PaymentMethodId } from '#app/domain/payments/payments.ts'
import type { FulfillmentState, PaymentState } from '#app/domain/orders/order-states.ts'

type Step = { label: string; isDone: boolean; detail?: string }

/** The order's status as text and marks. */
export function Progress({
  order,
  fulfillments,
}: {
  order: {
    paymentState: PaymentState
    fulfillmentState: FulfillmentState
    paymentMethod: PaymentMethodId
    canceledAt: Date | null
  }
  fulfillments: {
    id: number
    carrier: string
    trackingNumber: string
    trackingUrl: string
    sentOn: string
    deliveredOn: string | null
  }[]
}) {
  if (order.canceledAt) return null
  const paid: Step = { label: 'Paid', isDone: !['pending', 'voided'].includes(order.paymentState) }
  const sent: Step =
    order.fulfillmentState === 'partly-fulfilled'
      ? { label: 'Partially shipped', isDone: true }
      : { label: 'Shipped', isDone: order.fulfillmentState === 'fulfilled' }
  const steps: Step[] = [
    { label: 'Ordered', isDone: true },
    ...(order.paymentMethod === 'cash-on-delivery' ? [sent, paid] : [paid, sent]),
  ]
  return (
    <section aria-label="Status" aria-live="polite" className="progress">
      <ol role="list" className="progress__steps">
        {steps.map((step) => (
          <li key={step.label} data-done={step.isDone || undefined}>
            {step.label}
            <span className="visually-hidden">{step.isDone ? ': done' : ': not yet'}</span>
          </li>
        ))}
      </ol>
      {fulfillments.map((one) => (
        <p key={one.id}>
          Shipped on {one.sentOn}
          {one.carrier && ` with ${one.carrier}`}
          {one.trackingNumber && (
            <>
              {', tracking number '}
              {isWebAddress(one.trackingUrl) ? (
                <a href={one.trackingUrl} rel="noreferrer">
                  {one.trackingNumber}
                </a>
              ) : (
                <span className="numeric">{one.trackingNumber}</span>
              )}
            </>
          )}
          {one.deliveredOn && `, delivered on ${one.deliveredOn}`}.
        </p>
      ))}
    </section>
  )
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url)
}
