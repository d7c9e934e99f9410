import { Link } from '@remix-run/react'
import { AddressFields } from '#app/components/address-fields.tsx'
import { Field } from '#app/components/field.tsx'
import { fieldOf, type FormResponse } from '#app/components/form-fields.ts'
import { PhoneField } from '#app/components/phone-field.tsx'
import { useShop } from '#app/components/shop.ts'
import { urls } from '#app/urls.ts'
import type { Answer, CheckoutPage, Known, Quote } from './checkout-page.ts'

export function Contact({
  page: { known, consent },
  answer,
}: {
  page: CheckoutPage
  answer: FormResponse | undefined
}) {
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
        {...fieldOf(answer, 'email', known?.profile.email ?? consent?.email)}
        label="Email"
        type="email"
        autoComplete="email"
        inputMode="email"
        maxLength={254}
        required
        ask="Enter your email address."
        hint={shop?.sendsEmail ? 'For order updates.' : 'For questions about your order.'}
      />
      {consent && (
        <label className="check check--long">
          <input
            type="checkbox"
            name="acceptsMarketing"
            defaultChecked={fieldOf(answer, 'acceptsMarketing', consent.email && 'on').defaultValue === 'on'}
          />
          {consent.text}
        </label>
      )}
      <PhoneField answer={answer} initial={known?.address?.phone || known?.profile.phone} />
    </fieldset>
  )
}

export function Delivery({
  page,
  quote,
  answer,
}: {
  page: CheckoutPage
  quote: Quote
  answer: Answer | undefined
}) {
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
      {known?.keepsAddress && (
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
