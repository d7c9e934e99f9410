import { PromotionNotes } from '#app/components/checkout/promotion-codes.tsx'
import { Field } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'
import type { Quote } from './checkout-page.ts'

/** Inside the form, so that applying a code keeps what is typed, also without JavaScript. */
export function DiscountCode({
  quote: { cart, promotions },
  field,
}: {
  quote: Quote
  /** Of the latest answer. */
  field: FieldProps
}) {
  return (
    <details className="fold" open={cart.codes.length > 0 || Boolean(field.errors) || undefined}>
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
            {...field}
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
