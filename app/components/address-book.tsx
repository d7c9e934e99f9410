import type { AddressForm as CountryForm } from '#app/domain/shipping/address.ts'
import { AddressFields } from './address-fields.tsx'
import { fieldOf, type FormResponse } from './form-fields.ts'
import { PhoneField } from './phone-field.tsx'
import { ServerForm } from './server-form.tsx'

/** The form that adds or changes an address of the address book. */
export function AddressForm({
  action,
  answer,
  initial,
  countries,
  form,
  isDefault,
  submit,
}: {
  action: string
  answer: FormResponse | undefined
  initial: Partial<Record<string, string>>
  countries: string
  /** The fields of the address's country. */
  form: CountryForm
  /** It already is the default address and stays the default. */
  isDefault: boolean
  submit: string
}) {
  return (
    <ServerForm action={action} answer={answer} submit={submit} busy="Saving…">
      <AddressFields answer={answer} initial={initial} countries={countries} form={form} />
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

/** An address as the lines of a shipping label. */
export function PostalAddress({ lines }: { lines: string[] }) {
  return (
    <address className="postal" dir="auto">
      {lines.map((line, index) => (
        <span key={index}>{line}</span>
      ))}
    </address>
  )
}
