import type { AddressForm, LocalField } from '#app/domain/shipping/address.ts'
import { CountrySelect } from './country-select.tsx'
import { describe, Field, FieldFrame } from './field.tsx'
import { fieldOf, type FieldProps, type FormResponse } from './form-fields.ts'
import { useAddressForm } from './use-address-form.ts'

type Props = {
  answer: FormResponse | undefined
  initial: Partial<Record<string, string>>
  /** The text of countryLines. */
  countries: string
  /** The fields of the country that the form was rendered with. */
  form: AddressForm
  /** Someone else can complete the address. */
  mayBeEmpty?: boolean
}

const localNames = ['line1', 'line2', 'postcode', 'city', 'region']

/**
 * The fields of a postal address, shared by checkout and the address book. The country comes first and decides which
 * fields follow: with JavaScript at once, without it by the button "Update", which sends the form and changes nothing.
 */
export function AddressFields({ answer, initial, countries, form: given, mayBeEmpty = false }: Props) {
  const { form, typed, change } = useAddressForm(given, answer)
  const isAsRendered = form.country === given.country
  const field = (name: string): FieldProps => {
    const props = fieldOf(answer, name, initial[name])
    if (!localNames.includes(name)) return props
    // A field that appears has what was typed before. Errors are about the country of the answer.
    const defaultValue = typed[name] ?? props.defaultValue
    return { ...props, defaultValue, errors: isAsRendered ? props.errors : undefined }
  }
  const country = fieldOf(answer, 'country', initial.country)
  const shown: string[] = form.fields.map(({ name }) => name)
  const hidden = localNames
    .map(field)
    .filter(({ name, defaultValue }) => defaultValue && !shown.includes(name))
  return (
    <>
      <FieldFrame id="country" label="Country" error={country.errors?.[0]}>
        <CountrySelect
          countries={countries}
          selected={country.defaultValue}
          errors={country.errors}
          onChange={change}
        />
      </FieldFrame>
      <noscript>
        {/* The first button of a form is the one that Enter presses. */}
        <button className="visually-hidden" tabIndex={-1} aria-hidden="true">
          Continue
        </button>
        <button name="update" value="country" className="button">
          Update
        </button>
      </noscript>
      <Field
        {...field('name')}
        label="Full name"
        autoComplete="name"
        maxLength={120}
        required={!mayBeEmpty}
        ask="Enter your full name."
      />
      <div className="address-fields">
        {form.fields.map((local) =>
          local.name === 'line2' ? (
            <MoreFields key="line2" company={field('company')} line2={field('line2')} label={local.label} />
          ) : (
            <div
              // A list of states is another control for each country.
              key={local.name === 'region' ? `region ${form.country}` : local.name}
              className={local.name === 'line1' ? undefined : 'address-fields__short'}
            >
              <LocalControl local={local} mayBeEmpty={mayBeEmpty} {...field(local.name)} />
            </div>
          ),
        )}
      </div>
      {/* Kept for when the shopper returns to a country that has them. */}
      {hidden.map(({ name, defaultValue }) => (
        <input key={name} type="hidden" name={name} value={defaultValue} />
      ))}
    </>
  )
}

/** Company and apartment: few addresses have them. */
function MoreFields({ company, line2, label }: { company: FieldProps; line2: FieldProps; label: string }) {
  const isOpen = [company, line2].some(({ defaultValue, errors }) => defaultValue || errors)
  return (
    <details className="fold" open={isOpen || undefined}>
      <summary>Add company or apartment</summary>
      <div className="fold__fields">
        <Field {...company} label="Company" isOptional autoComplete="organization" maxLength={120} />
        <Field {...line2} label={label} isOptional autoComplete="address-line2" maxLength={200} />
      </div>
    </details>
  )
}

const browserNames = {
  line1: 'address-line1',
  line2: 'address-line2',
  postcode: 'postal-code',
  city: 'address-level2',
  region: 'address-level1',
}

const lengths = { line1: 200, line2: 200, postcode: 20, city: 120, region: 120 }

type LocalProps = FieldProps & { local: LocalField; mayBeEmpty: boolean }

function LocalControl({ local, mayBeEmpty, ...field }: LocalProps) {
  const { name, label, isRequired, ask, choices, isNumeric } = local
  if (choices) return <StateSelect local={local} mayBeEmpty={mayBeEmpty} {...field} />
  return (
    <Field
      {...field}
      label={label}
      isOptional={!isRequired}
      autoComplete={browserNames[name]}
      maxLength={lengths[name]}
      required={isRequired && !mayBeEmpty}
      ask={ask}
      inputMode={isNumeric ? 'numeric' : undefined}
      autoCapitalize={name === 'postcode' ? 'characters' : undefined}
    />
  )
}

function StateSelect({ local, mayBeEmpty, id, name, defaultValue, errors }: LocalProps) {
  const { label, isRequired, choices = [] } = local
  const error = errors?.[0]
  return (
    <FieldFrame id={id} label={label} isOptional={!isRequired} error={error}>
      <select
        {...{ id, name, defaultValue }}
        {...describe(id, { error })}
        required={isRequired && !mayBeEmpty}
        autoComplete="address-level1"
        className="input"
      >
        <option value="">Choose…</option>
        {choices.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}
