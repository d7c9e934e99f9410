import { Field } from './field.tsx'
import { fieldOf, type FormResponse } from './form-fields.ts'

/** The current password, asked for again before a sensitive change. */
export function PasswordField({
  answer,
  name = 'password',
  label = 'Your password',
}: {
  answer: FormResponse | undefined
  name?: 'password' | 'current'
  label?: string
}) {
  return (
    <Field
      {...fieldOf(answer, name)}
      label={label}
      type="password"
      autoComplete="current-password"
      required
      maxLength={256}
      ask="Enter your password."
    />
  )
}
