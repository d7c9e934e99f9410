import { CountrySelect } from './country-select.tsx'
import { Field } from './field.tsx'
import { fieldOf, type FormAnswer } from './server-form.tsx'

/** The fields of a postal address, the same at checkout and in the address book. */
export function AddressFields({
  answer,
  initial,
  countries,
}: {
  answer: FormAnswer | undefined
  initial: Partial<Record<string, string>>
  /** The text of countryLines. */
  countries: string
}) {
  const field = (name: string) => fieldOf(answer, name, initial[name])
  const country = field('country')
  const more = ['company', 'line2', 'region'].some((name) => field(name).defaultValue || field(name).errors)
  return (
    <>
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
          <Field {...field('region')} label="State or region" autoComplete="address-level1" maxLength={120} />
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
        <CountrySelect countries={countries} selected={country.defaultValue} errors={country.errors} />
        {country.errors && (
          <p className="field__error" id="country-error">
            {country.errors[0]}
          </p>
        )}
      </div>
    </>
  )
}

/** Phone of an address; why it is asked. */
export function PhoneField({
  answer,
  initial = '',
  hint = 'Only used if the delivery needs you.',
}: {
  answer: FormAnswer | undefined
  initial?: string
  hint?: string
}) {
  return (
    <Field
      {...fieldOf(answer, 'phone', initial)}
      label="Phone"
      type="tel"
      autoComplete="tel"
      inputMode="tel"
      maxLength={40}
      hint={hint}
    />
  )
}
