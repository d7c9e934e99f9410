import { Link, useFetcher } from '@remix-run/react'
import { inlineFormData } from '#app/components/cart-fetcher.ts'
import { CountrySelect } from '#app/components/country-select.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { Field, FieldFrame } from '#app/components/field.tsx'
import { useMoney } from '#app/components/shop.ts'
import type { Checkout } from '#app/domain/checkout/checkout.ts'
import type { LocalField } from '#app/domain/shipping/address.ts'
import { urls } from '#app/urls.ts'

export type Estimate = {
  /** The shopper named the place. */
  isKnown: boolean
  /** Name of the country. */
  place: string
  /** Null until the shopper asks for it: the lists of countries and regions are most of a cart page. */
  form: PlaceFormData | null
  /** Delivery dates of each shipping option. */
  arrives: (string | null)[]
}

type PlaceFormData = {
  /** The text of countryLines. */
  countries: string
  /** How the country's region is typed; null for a country without. */
  region: LocalField | null
}

/** What shipping costs to a place, before checkout: the methods and their prices, and a form for another place. */
export function ShippingEstimate({ checkout, estimate }: { checkout: Checkout; estimate: Estimate }) {
  const money = useMoney()
  const { options, cart } = checkout
  if (!cart.lines.some((line) => line.requiresShipping)) return null
  return (
    <details className="fold estimate" open={options.length === 0 || estimate.form !== null || undefined}>
      <summary>Shipping to {estimate.place}</summary>
      {options.length === 0 && (
        <p className="small notice notice--warn">We don’t ship these items to this address.</p>
      )}
      <ul role="list" className="estimate__options small">
        {options.map(({ id, label, rate, isPickup }, index) => (
          <li key={id} className="sum-row">
            <span dir="auto">
              {label}
              {estimate.arrives[index] && (
                <span className="soft sum-row__aside">
                  {isPickup ? 'Ready' : 'Arrives'} {estimate.arrives[index]}
                </span>
              )}
            </span>
            <span className="numeric">{rate === 0 ? 'Free' : money(rate)}</span>
          </li>
        ))}
      </ul>
      {estimate.form ? (
        <PlaceForm checkout={checkout} form={estimate.form} />
      ) : (
        <Link to={urls.cartEstimate()} preventScrollReset replace className="estimate__ask small">
          Estimate for another address
        </Link>
      )}
    </details>
  )
}

function PlaceForm({ checkout, form }: { checkout: Checkout; form: PlaceFormData }) {
  const fetcher = useFetcher()
  const { destination, cart } = checkout
  const { region } = form
  const send = (sent: HTMLFormElement) =>
    fetcher.submit(inlineFormData(sent, null), { method: 'post', action: urls.cartDestination() })
  return (
    <fetcher.Form
      // The region belongs to the country.
      key={destination.country}
      method="post"
      action={urls.cartDestination()}
      className="estimate__form"
      onSubmit={(event) => {
        event.preventDefault()
        send(event.currentTarget)
      }}
    >
      <CsrfField />
      <FieldFrame id="country" label="Country">
        <CountrySelect
          countries={form.countries}
          selected={destination.country}
          errors={undefined}
          autoFocus
          onChange={(select) => select.form && send(select.form)}
        />
      </FieldFrame>
      {region &&
        (region.choices ? (
          <FieldFrame id="region" label={region.label} isOptional>
            <select
              id="region"
              name="region"
              className="input"
              defaultValue={destination.region}
              onChange={({ currentTarget }) => currentTarget.form && send(currentTarget.form)}
            >
              <option value="">Choose…</option>
              {region.choices.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </FieldFrame>
        ) : (
          <Field
            id="region"
            name="region"
            label={region.label}
            isOptional
            maxLength={120}
            defaultValue={destination.region}
          />
        ))}
      <Field
        id="postcode"
        name="postcode"
        label="Postal code"
        isOptional
        maxLength={20}
        autoComplete="postal-code"
        defaultValue={cart.destination.postcode}
      />
      <button className="button" aria-busy={fetcher.state !== 'idle'}>
        Estimate shipping
      </button>
    </fetcher.Form>
  )
}
