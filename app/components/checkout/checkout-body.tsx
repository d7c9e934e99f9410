import { fieldOf } from '#app/components/form-fields.ts'
import type { PlaceOrderRefusal } from '#app/domain/checkout/checkout.ts'
import type { Totals } from '#app/domain/pricing/totals.ts'
import { CheckoutForm } from './checkout-form.tsx'
import type { Answer, CheckoutPage, Quote } from './checkout-page.ts'
import { FoldedOrderSummary, OrderSummary } from './order-summary.tsx'
import { RefusalNotice } from './refusal-notice.tsx'
import { useCheckout } from './use-checkout.ts'

type Quoted = Quote & { totals: Totals; quotedAt: number }

/** The page where an order is placed: of a cart, or of an order that staff prepared. */
export function CheckoutBody({
  title,
  lead,
  page,
  answer,
}: {
  title: string
  /** Below the title. */
  lead?: React.ReactNode
  page: CheckoutPage & { quote: Quoted }
  /** Of the action that placed nothing. */
  answer:
    | (Answer & { refusal: Exclude<PlaceOrderRefusal, 'already-placed'> | null; checkout: Quoted | null })
    | undefined
}) {
  const { isDraft } = page
  const {
    checkout: quote,
    latest,
    update,
    methodId,
    chooseMethod,
  } = useCheckout(page.action, page.quote, answer)
  const { cart, options } = quote
  const chosen = methodId ?? fieldOf(answer, 'shippingMethod', page.shippingMethod).defaultValue
  const { totals } = options.find(({ id }) => id === chosen) ?? options[0] ?? quote
  return (
    <div className="page">
      <div className="checkout">
        <FoldedOrderSummary cart={cart} totals={totals} isDraft={isDraft} />
        <div className="checkout__main">
          <h1 className="checkout__title">{title}</h1>
          {lead}
          {(answer?.refusal || !cart.isReady) && (
            <RefusalNotice
              reason={answer?.refusal ?? 'lines-unavailable'}
              isDraft={isDraft}
              shownTotal={fieldOf(answer, 'shownTotal').defaultValue}
              checkout={quote}
              total={totals.total}
            />
          )}
          <CheckoutForm
            key={page.known?.address?.id}
            page={page}
            quote={quote}
            totals={totals}
            answer={answer}
            code={fieldOf(latest, 'discountCode')}
            onChooseMethod={chooseMethod}
            onUpdate={update}
          />
        </div>
        <OrderSummary cart={cart} totals={totals} isDraft={isDraft} />
      </div>
    </div>
  )
}
