import type { FulfilmentState, PaymentState } from '#app/domain/orders/orders.ts'

type Step = { label: string; isDone: boolean; detail?: string }

/** Where the order stands, in words and marks. */
export function Progress({
  order,
  fulfilments,
}: {
  order: {
    paymentState: PaymentState
    fulfilmentState: FulfilmentState
    paymentMethod: 'bank-transfer' | 'cash-on-delivery'
    cancelledAt: Date | null
  }
  fulfilments: { id: number; carrier: string; trackingNumber: string; trackingUrl: string; sentOn: string }[]
}) {
  if (order.cancelledAt) return null
  const paid: Step = { label: 'Paid', isDone: order.paymentState === 'paid' }
  const sent: Step =
    order.fulfilmentState === 'partly-fulfilled'
      ? { label: 'Partly sent', isDone: true }
      : { label: 'Sent', isDone: order.fulfilmentState === 'fulfilled' }
  const steps: Step[] = [
    { label: 'Ordered', isDone: true },
    ...(order.paymentMethod === 'bank-transfer' ? [paid, sent] : [sent, paid]),
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
      {fulfilments.map((one) => (
        <p key={one.id}>
          Sent on {one.sentOn}
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
          .
        </p>
      ))}
    </section>
  )
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url)
}
