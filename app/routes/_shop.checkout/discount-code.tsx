import { PromotionNotes } from '#app/components/checkout/promotion-codes.tsx'
import { Field } from '#app/components/field.tsx'
import type { Quote } from './checkout-page.ts'

/** Inside the form, so that applying a code keeps what is typed, also without JavaScript. */
export function DiscountCode({
  quote: { cart, promotions },
  error,
}: {
  quote: Quote
  error: string | undefined
}) {
  return (
    <details className="fold" open={cart.codes.length > 0 || Boolean(error) || undefined}>
      <summary>Add a discount code</summary>
      <div className="fold__fields discount-codes">
        <PromotionNotes
          promotions={promotions}
          removeButton={(code) => (
            <button
              name="removeCode"
              value={code}
              className="link-button small"
              aria-label={`Remove the code ${code}`}
            >
              Remove
            </button>
          )}
        />
        <div className="discount-codes__row">
          <Field
            id="discountCode"
            name="discountCode"
            defaultValue=""
            errors={error ? [error] : undefined}
            // Empty again after a code was applied.
            key={cart.codes.join()}
            label="Discount code"
            isOptional
            maxLength={64}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
          />
          <button name="update" value="code" className="button">
            Apply
          </button>
        </div>
      </div>
    </details>
  )
}
