import { Form, useNavigation } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { useMoney, useShop } from '#app/components/shop.ts'
import { amountDue, type PaymentState, type PaymentSums } from '#app/domain/orders/order-states.ts'
import { urls } from '#app/urls.ts'

/** An order that waits for its card payment: the button that opens the payment page. */
export function PayNow({
  order,
  payUntil,
  isProcessing,
  acceptsCards,
}: {
  order: { token: string; paymentState: PaymentState } & PaymentSums
  payUntil: string | null
  isProcessing: boolean
  acceptsCards: boolean
}) {
  const money = useMoney()
  const shop = useShop()
  const action = urls.payOrder(order.token)
  const isBusy = useNavigation().formAction === action
  if (isProcessing)
    return (
      <section className="notice" aria-labelledby="next">
        <h2 id="next">Your payment is on its way</h2>
        <p>Your bank needs a few days. We ship when your payment arrives.</p>
      </section>
    )
  return (
    <section className="notice notice--warn" aria-labelledby="next">
      <h2 id="next">Your order isn’t paid yet</h2>
      {order.paymentState === 'voided' && (
        <p>Your first payment was released without charging you. To keep your order, pay again.</p>
      )}
      <p>
        Please pay <strong className="numeric">{money(amountDue(order))}</strong>
        {payUntil ? (
          <>
            {' '}
            by <strong>{payUntil}</strong>. Your items are reserved until then.
          </>
        ) : (
          '.'
        )}
      </p>
      {acceptsCards ? (
        <Form method="post" action={action}>
          <CsrfField />
          <button className="button button--primary" aria-busy={isBusy}>
            {isBusy ? 'One moment…' : 'Pay now'}
          </button>
        </Form>
      ) : (
        <p>
          Online payment is not available now. Contact us:{' '}
          <a href={`mailto:${shop?.contactEmail}`}>{shop?.contactEmail}</a>
        </p>
      )}
    </section>
  )
}
