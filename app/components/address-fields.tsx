import { CountrySelect } from './country-select.tsx'
import { Field, FieldFrame } from './field.tsx'
import { fieldOf, type FormResponse } from './form-fields.ts'

/** The fields of a postal address, shared by checkout and the address book. */
export function AddressFields({
  answer,
  initial,
  countries,
}: {
  answer: FormResponse | undefined
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
        label="Street address"
        autoComplete="address-line1"
        maxLength={200}
        required
        ask="Enter the street address."
      />
      <details className="fold" open={more || undefined}>
        <summary>Add company, apartment or state</summary>
        <div className="fold__fields">
          <Field
            {...field('company')}
            label="Company"
            isOptional
            autoComplete="organization"
            maxLength={120}
          />
          <Field
            {...field('line2')}
            label="Apartment, suite, etc."
            isOptional
            autoComplete="address-line2"
            maxLength={200}
          />
          <Field
            {...field('region')}
            label="State or province"
            isOptional
            autoComplete="address-level1"
            maxLength={120}
          />
        </div>
      </details>
      <div className="checkout__pair">
        <Field
          {...field('postcode')}
          label="Postal code"
          isOptional
          autoComplete="postal-code"
          maxLength={20}
        />
        <Field
          {...field('city')}
          label="City"
          autoComplete="address-level2"
          maxLength={120}
          required
          ask="Enter the city."
        />
      </div>
      <FieldFrame id="country" label="Country" error={country.errors?.[0]}>
        <CountrySelect countries={countries} selected={country.defaultValue} errors={country.errors} />
      </FieldFrame>
    </>
  )
}

/** The phone field of an address, with a hint why it is asked for. */
export function PhoneField({
  answer,
  initial = '',
  hint = 'For delivery questions.',
}: {
  answer: FormResponse | undefined
  initial?: string
  hint?: string
}) {
  return (
    <Field
      {...fieldOf(answer, 'phone', initial)}
      label="Phone"
      isOptional
      type="tel"
      autoComplete="tel"
      inputMode="tel"
      maxLength={40}
      hint={hint}
    />
  )
}
