import { Form, Link, useNavigation } from '@remix-run/react'
import { AddressFields } from '#app/components/address-fields.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { describe, Field, FieldFrame } from '#app/components/field.tsx'
import { fieldOf, formFields, type FormResponse } from '#app/components/form-fields.ts'
import { PhoneField } from '#app/components/phone-field.tsx'
import { useMoney, useShop } from '#app/components/shop.ts'
import type { Address } from '#app/domain/accounts/addresses.server.ts'
import type { Cart } from '#app/domain/cart/cart.ts'
import type { AddressForm } from '#app/domain/shipping/address.ts'
import type { Totals } from '#app/domain/pricing/totals.ts'
import type { PaymentMethod } from '#app/domain/payments/payments.ts'
import { urls } from '#app/urls.ts'
import { Choices } from './choices.tsx'

type Known = {
  profile: { email: string; name: string; phone: string }
  addresses: Address[]
  /** The preselected address. */
  address: Address | null
}

type Checkout = {
  cart: Cart
  totals: Totals
  shippingOptions: { id: string; label: string; rate: number; arrives: string | null }[]
  payments: PaymentMethod[]
  countries: string
  initialCountry: string
  /** The fields of the country that is selected first. */
  addressForm: AddressForm
  /** Known details of a signed-in customer; null for a guest. */
  known: Known | null
}

/** With the fields of the submitted country. */
type Answer = FormResponse & { addressForm: AddressForm }

export function CheckoutForm({
  checkout,
  answer,
}: {
  checkout: Checkout
  /** Submitted values take precedence over stored ones. */
  answer: Answer | undefined
}) {
  const form = formFields({ answer })
  const [shippingMethod, payment, note] = [
    form.field('shippingMethod'),
    form.field('payment'),
    form.field('note'),
  ]
  const money = useMoney()
  const isBusy = useNavigation().formAction === urls.checkout()
  const { cart, totals, shippingOptions, payments } = checkout
  return (
    <Form method="post" action={urls.checkout()} noValidate className="checkout__form">
      <CsrfField />
      <input type="hidden" name="checkoutKey" value={cart.checkoutKey} />
      <input type="hidden" name="shownTotal" value={totals.total} />
      <ErrorSummary form={form} />
      <Contact checkout={checkout} answer={answer} />
      <Delivery checkout={checkout} answer={answer} />
      <Choices
        legend="Shipping method"
        name="shippingMethod"
        chosen={shippingMethod.defaultValue}
        error={shippingMethod.errors?.[0]}
        choices={shippingOptions.map(({ id, label, rate, arrives }) => ({
          value: id,
          label,
          hint: arrives ? `Arrives ${arrives}` : '',
          price: rate === 0 ? 'Free' : money(rate),
        }))}
      />
      <Choices
        legend="Payment"
        name="payment"
        chosen={payment.defaultValue}
        error={payment.errors?.[0]}
        choices={payments.map(({ id, label, hint }) => ({ value: id, label, hint }))}
      />
      <details className="fold" open={Boolean(note.defaultValue) || undefined}>
        <summary>Add a note to your order</summary>
        <FieldFrame id="note" label="Note" isOptional error={note.errors?.[0]}>
          <textarea
            id="note"
            name="note"
            maxLength={1000}
            rows={3}
            defaultValue={note.defaultValue}
            className="input"
            {...describe('note', { error: note.errors?.[0] })}
          />
        </FieldFrame>
      </details>
      <div className="checkout__end">
        <button
          className="button button--primary button--large button--wide"
          aria-busy={isBusy}
          aria-disabled={!cart.isReady || undefined}
        >
          {isBusy ? 'Placing your order…' : `Place order · ${money(totals.total)}`}
        </button>
        <p className="soft small">By placing this order you agree to pay the total.</p>
      </div>
    </Form>
  )
}

function Contact({ checkout: { known }, answer }: { checkout: Checkout; answer: FormResponse | undefined }) {
  const shop = useShop()
  return (
    <fieldset className="checkout__group">
      <legend>Contact</legend>
      {!known && (
        <p className="soft small">
          Already have an account? <Link to={urls.login(urls.checkout())}>Sign in</Link>
        </p>
      )}
      <Field
        {...fieldOf(answer, 'email', known?.profile.email)}
        label="Email"
        type="email"
        autoComplete="email"
        inputMode="email"
        maxLength={254}
        required
        ask="Enter your email address."
        hint={shop?.sendsEmail ? 'For order updates only.' : 'Only used for questions about your order.'}
      />
      <PhoneField answer={answer} initial={known?.address?.phone || known?.profile.phone} />
    </fieldset>
  )
}

function Delivery({ checkout, answer }: { checkout: Checkout; answer: Answer | undefined }) {
  const { known, countries, initialCountry, addressForm } = checkout
  const initial = known?.address ?? { name: known?.profile.name, country: initialCountry }
  const isFirst = known?.addresses.length === 0
  return (
    <fieldset className="checkout__group">
      <legend>Shipping address</legend>
      {known && known.addresses.length > 1 && <AddressChoice known={known} />}
      <AddressFields
        answer={answer}
        initial={initial as Record<string, string>}
        countries={countries}
        form={answer?.addressForm ?? addressForm}
      />
      {known && (
        <label className="check">
          <input
            type="checkbox"
            name="keepAddress"
            defaultChecked={fieldOf(answer, 'keepAddress', isFirst ? 'on' : '').defaultValue === 'on'}
          />
          Save this address
        </label>
      )}
    </fieldset>
  )
}

/** Links, so that choosing works without JavaScript; the form is then filled in with that address. */
function AddressChoice({ known: { addresses, address } }: { known: Known }) {
  return (
    <nav aria-label="Your addresses">
      <ul role="list" className="chips">
        {addresses.map(({ id, name, line1, city }) => (
          <li key={id}>
            <Link
              to={urls.checkout(id)}
              className="chip"
              aria-current={id === address?.id ? 'true' : undefined}
              preventScrollReset
              dir="auto"
            >
              {name}, {line1}, {city}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
