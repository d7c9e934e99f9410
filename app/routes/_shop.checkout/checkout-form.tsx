import { Form, Link, useNavigation } from '@remix-run/react'
import { AddressFields } from '#app/components/address-fields.tsx'
import { PromotionNotes } from '#app/components/checkout/promotion-codes.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { describe, Field, FieldFrame } from '#app/components/field.tsx'
import { fieldOf, type FieldProps, formFields, type FormResponse } from '#app/components/form-fields.ts'
import { PhoneField } from '#app/components/phone-field.tsx'
import { useMoney, useShop } from '#app/components/shop.ts'
import type { Address } from '#app/domain/accounts/addresses.server.ts'
import type { Cart } from '#app/domain/cart/cart.ts'
import type { CartPromotions } from '#app/domain/pricing/cart-promotions.ts'
import type { ShippingOption } from '#app/domain/checkout/checkout.ts'
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

export type CheckoutPage = {
  countries: string
  initial: { country: string; region: string; postcode: string }
  /** The fields of the country that is selected first. */
  addressForm: AddressForm
  /** Known details of a signed-in customer; null for a guest. */
  known: Known | null
}

type Quote = {
  cart: Cart
  promotions: CartPromotions
  options: (ShippingOption & { arrives: string | null })[]
  payments: PaymentMethod[]
  asksForVatNumber: boolean
}

/** With the fields of the submitted country. */
type Answer = FormResponse & { addressForm: AddressForm }

type Button = { name: string; value: string }

export function CheckoutForm({
  page,
  quote,
  totals,
  answer,
  codeError,
  onChooseMethod,
  onUpdate,
}: {
  page: CheckoutPage
  quote: Quote
  /** With the chosen shipping method. */
  totals: Totals
  /** Submitted values take precedence over stored ones. */
  answer: Answer | undefined
  codeError: string | undefined
  onChooseMethod: (id: string) => void
  onUpdate: (form: HTMLFormElement, button: Button) => void
}) {
  const form = formFields({ answer })
  const note = form.field('note')
  const money = useMoney()
  const isBusy = useNavigation().formAction === urls.checkout()
  const { cart, options } = quote
  return (
    <Form
      method="post"
      action={urls.checkout()}
      noValidate
      className="checkout__form"
      onSubmit={(event) => {
        const { submitter } = event.nativeEvent as SubmitEvent
        const button = updateOf(event.currentTarget, submitter)
        if (!button) return
        event.preventDefault()
        onUpdate(event.currentTarget, button)
      }}
      onChange={(event) => changesTotals(event.target, 'SELECT') && onUpdate(event.currentTarget, totalsOnly)}
      onBlur={(event) => changesTotals(event.target, 'INPUT') && onUpdate(event.currentTarget, totalsOnly)}
    >
      {/* The first button of a form is the one that Enter presses. */}
      <button className="visually-hidden" tabIndex={-1} aria-hidden="true">
        Place order
      </button>
      <CsrfField />
      <input type="hidden" name="checkoutKey" value={cart.checkoutKey} />
      <input type="hidden" name="shownTotal" value={totals.total} />
      <input
        type="hidden"
        name="shownTotals"
        value={options.map(({ id, totals: { total } }) => `${id}:${total}`).join(' ')}
      />
      <ErrorSummary form={form} />
      <Contact page={page} answer={answer} />
      <Delivery page={page} quote={quote} answer={answer} />
      <ShippingChoices quote={quote} field={form.field('shippingMethod')} onChoose={onChooseMethod} />
      <PaymentChoices quote={quote} field={form.field('payment')} total={totals.total} />
      <DiscountCode quote={quote} error={codeError} />
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
          aria-disabled={!cart.isReady || options.length === 0 || undefined}
        >
          {isBusy ? 'Placing your order…' : `Place order · ${money(totals.total)}`}
        </button>
        <p className="soft small">By placing this order you agree to pay the total.</p>
      </div>
    </Form>
  )
}

const totalsOnly: Button = { name: 'update', value: 'totals' }

/** What a submit asks for besides placing the order: a typed code is applied first. */
function updateOf(form: HTMLFormElement, submitter: HTMLElement | null): Button | null {
  if (submitter instanceof HTMLButtonElement && submitter.name)
    return { name: submitter.name, value: submitter.value }
  return new FormData(form).get('discountCode') ? { name: 'update', value: 'code' } : null
}

/** The totals depend on where the order goes and who buys it. */
function changesTotals(target: EventTarget, tag: 'SELECT' | 'INPUT'): boolean {
  const field = target as HTMLInputElement
  if (field.tagName !== tag || !['country', 'region', 'vatNumber'].includes(field.name)) return false
  return tag === 'SELECT' || field.value !== field.defaultValue
}

function ShippingChoices({
  quote: { options },
  field: { defaultValue, errors },
  onChoose,
}: {
  quote: Quote
  field: FieldProps
  onChoose: (id: string) => void
}) {
  const money = useMoney()
  if (options.length === 0)
    return (
      <p className="notice notice--warn" id="shippingMethod" role="status">
        We don’t ship these items to this address.
      </p>
    )
  return (
    <Choices
      // New methods for another address.
      key={options.map(({ id }) => id).join()}
      legend="Shipping method"
      name="shippingMethod"
      chosen={defaultValue}
      error={errors?.[0]}
      onChoose={onChoose}
      choices={options.map(({ id, label, rate, arrives, isPickup, totals }) => ({
        value: id,
        label,
        hint: arrives ? `${isPickup ? 'Ready' : 'Arrives'} ${arrives}` : '',
        price: rate === 0 ? 'Free' : money(rate),
        total: options.length > 1 ? money(totals.total) : undefined,
      }))}
    />
  )
}

function PaymentChoices({
  quote: { payments, options },
  field: { defaultValue, errors },
  total,
}: {
  quote: Quote
  field: FieldProps
  total: number
}) {
  if (total === 0 && options.every(({ totals }) => totals.total === 0))
    return (
      <fieldset className="checkout__group">
        <legend>Payment</legend>
        <p className="soft">Nothing to pay.</p>
        <input type="hidden" name="payment" value={payments[0]?.id ?? ''} />
      </fieldset>
    )
  return (
    <Choices
      legend="Payment"
      name="payment"
      chosen={defaultValue}
      error={errors?.[0]}
      choices={payments.map(({ id, label, hint }) => ({ value: id, label, hint }))}
    />
  )
}

/** Inside the form, so that applying a code keeps what is typed, also without JavaScript. */
function DiscountCode({ quote: { cart, promotions }, error }: { quote: Quote; error: string | undefined }) {
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

function Contact({ page: { known }, answer }: { page: CheckoutPage; answer: FormResponse | undefined }) {
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

function Delivery({ page, quote, answer }: { page: CheckoutPage; quote: Quote; answer: Answer | undefined }) {
  const { known, countries, addressForm } = page
  const initial = known?.address ?? { name: known?.profile.name, ...page.initial }
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
      {quote.asksForVatNumber && (
        <Field
          {...fieldOf(answer, 'vatNumber')}
          label="VAT number"
          isOptional
          maxLength={20}
          autoComplete="off"
          autoCapitalize="characters"
          hint="For businesses in another EU country, with its country code."
        />
      )}
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
