import { AddressFields, PhoneField } from './address-fields.tsx'
import { ServerForm, type FormAnswer } from './server-form.tsx'

/** Adding or changing an address of the book. */
export function AddressForm({
  action,
  answer,
  initial,
  countries,
  isDefault,
  submit,
}: {
  action: string
  answer: FormAnswer | undefined
  initial: Partial<Record<string, string>>
  countries: string
  /** It is the default one already, and stays it. */
  isDefault: boolean
  submit: string
}) {
  const isChecked = answer ? answer.typed.isDefault === 'on' : false
  return (
    <ServerForm action={action} answer={answer} submit={submit} busy="Saving…">
      <AddressFields answer={answer} initial={initial} countries={countries} />
      <PhoneField answer={answer} initial={initial.phone} />
      {!isDefault && (
        <label className="check">
          <input type="checkbox" name="isDefault" defaultChecked={isChecked} />
          Fill it in at checkout from now on
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

/** An address as it stands on a parcel. */
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
