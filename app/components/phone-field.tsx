import { Field } from './field.tsx'
import { fieldOf, type FormResponse } from './form-fields.ts'

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
