import { AddressFields, PhoneField } from './address-fields.tsx'
import { fieldOf, type FormResponse } from './form-fields.ts'
import { ServerForm } from './server-form.tsx'

/** The form that adds or changes an address of the address book. */
export function AddressForm({
  action,
  answer,
  initial,
  countries,
  isDefault,
  submit,
}: {
  action: string
  answer: FormResponse | undefined
  initial: Partial<Record<string, string>>
  countries: string
  /** It already is the default address and stays the default. */
  isDefault: boolean
  submit: string
}) {
  return (
    <ServerForm action={action} answer={answer} submit={submit} busy="Saving…">
      <AddressFields answer={answer} initial={initial} countries={countries} />
      <PhoneField answer={answer} initial={initial.phone} />
      {!isDefault && (
        <label className="check">
          <input
            type="checkbox"
            name="isDefault"
            defaultChecked={fieldOf(answer, 'isDefault').defaultValue === 'on'}
          />
          Use as default at checkout
        </label>
      )}
    </ServerForm>
  )
}

type Postal = {
  name: string
  company: string
  line1: string
  line2: string
  postcode: string
  city: string
  region: string
}

/** An address, formatted as on a shipping label. */
export function PostalAddress({ address, country }: { address: Postal; country: string }) {
  const { name, company, line1, line2, postcode, city, region } = address
  const place = [postcode, city].filter(Boolean).join(' ')
  return (
    <address className="postal" dir="auto">
      {[name, company, line1, line2, place, region, country].filter(Boolean).map((line, index) => (
        <span key={index}>{line}</span>
      ))}
    </address>
  )
}
