import { Form, useNavigation } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { useMoney } from '#app/components/shop.ts'
import type { Cart } from '#app/domain/cart/cart.ts'
import type { Totals } from '#app/domain/cart/totals.ts'
import type { PaymentMethod } from '#app/domain/payments/payments.ts'
import type { Country } from '#app/domain/shipping/countries.ts'
import { urls } from '#app/urls.ts'
import { Choices } from './choices.tsx'

/** Form fields as they were typed. */
export type Typed = Partial<Record<string, string>>
type Errors = Record<string, string[] | null | undefined>

type Checkout = {
  cart: Cart
  totals: Totals
  delivery: { id: string; label: string; rate: number; arrives: string | null }[]
  payments: PaymentMethod[]
  countries: Country[]
  country: string
}

export function CheckoutForm({
  checkout,
  typed,
  errors,
}: {
  checkout: Checkout
  typed: Typed | undefined
  errors: Errors
}) {
  const money = useMoney()
  const isBusy = useNavigation().formAction === urls.checkout()
  const { cart, totals, delivery, payments } = checkout
  return (
    <Form method="post" action={urls.checkout()} noValidate className="checkout__form">
      <CsrfField />
      <input type="hidden" name="checkoutKey" value={cart.checkoutKey} />
      <input type="hidden" name="shownTotal" value={totals.total} />
      <ErrorSummary errors={errors} />
      <Address checkout={checkout} typed={typed} errors={errors} />
      <Choices
        legend="Delivery"
        name="delivery"
        chosen={typed?.delivery}
        error={errors.delivery?.[0]}
        choices={delivery.map(({ id, label, rate, arrives }) => ({
          value: id,
          label,
          hint: arrives ? `Arrives ${arrives}` : '',
          price: rate === 0 ? 'Free' : money(rate),
        }))}
      />
      <Choices
        legend="Payment"
        name="payment"
        chosen={typed?.payment}
        error={errors.payment?.[0]}
        choices={payments.map(({ id, label, hint }) => ({ value: id, label, hint }))}
      />
      <details className="fold" open={Boolean(typed?.note) || undefined}>
        <summary>Add a note to your order</summary>
        <div className="field">
          <label htmlFor="note">
            Note <span className="field__optional">(optional)</span>
          </label>
          <textarea
            id="note"
            name="note"
            maxLength={1000}
            rows={3}
            defaultValue={typed?.note}
            className="input"
          />
        </div>
      </details>
      <div className="checkout__end">
        <button
          className="button button--primary button--large button--wide"
          aria-busy={isBusy}
          aria-disabled={!cart.isReady || undefined}
        >
          {isBusy ? 'Placing your order…' : `Place order · ${money(totals.total)}`}
        </button>
        <p className="soft small">You order with an obligation to pay. We send a confirmation at once.</p>
      </div>
    </Form>
  )
}

function Address({ checkout, typed, errors }: { checkout: Checkout; typed?: Typed; errors: Errors }) {
  const field = (name: string) => ({
    name,
    defaultValue: typed?.[name] ?? '',
    errors: errors[name] ?? undefined,
  })
  const more = ['company', 'line2', 'region'].some((name) => typed?.[name] || errors[name])
  return (
    <>
      <fieldset className="checkout__group">
        <legend>Contact</legend>
        <Field
          {...field('email')}
          label="E-mail"
          type="email"
          autoComplete="email"
          inputMode="email"
          maxLength={254}
          required
          ask="Enter your e-mail address."
          hint="For the confirmation and news of this order only."
        />
        <Field
          {...field('phone')}
          label="Phone"
          type="tel"
          autoComplete="tel"
          inputMode="tel"
          maxLength={40}
          hint="Only used if the delivery needs you."
        />
      </fieldset>
      <fieldset className="checkout__group">
        <legend>Delivery address</legend>
        <Field
          {...field('name')}
          label="Full name"
          autoComplete="name"
          maxLength={120}
          required
          ask="Enter your full name."
        />
        <Field
          {...field('line1')}
          label="Street and house number"
          autoComplete="address-line1"
          maxLength={200}
          required
          ask="Enter the street and house number."
        />
        <details className="fold" open={more || undefined}>
          <summary>Add company, apartment or region</summary>
          <div className="fold__fields">
            <Field {...field('company')} label="Company" autoComplete="organization" maxLength={120} />
            <Field
              {...field('line2')}
              label="Apartment, floor, building"
              autoComplete="address-line2"
              maxLength={200}
            />
            <Field
              {...field('region')}
              label="State or region"
              autoComplete="address-level1"
              maxLength={120}
            />
          </div>
        </details>
        <div className="checkout__pair">
          <Field {...field('postcode')} label="Postcode" autoComplete="postal-code" maxLength={20} />
          <Field
            {...field('city')}
            label="Town or city"
            autoComplete="address-level2"
            maxLength={120}
            required
            ask="Enter the town or city."
          />
        </div>
        <div className="field">
          <label htmlFor="country">Country</label>
          <select
            id="country"
            name="country"
            autoComplete="country"
            required
            defaultValue={typed?.country ?? checkout.country}
            className="input"
            aria-invalid={errors.country ? true : undefined}
            aria-describedby={errors.country ? 'country-error' : undefined}
          >
            {checkout.countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
          {errors.country && (
            <p className="field__error" id="country-error">
              {errors.country[0]}
            </p>
          )}
        </div>
      </fieldset>
    </>
  )
}
