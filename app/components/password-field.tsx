import { Field } from './field.tsx'
import { fieldOf, type FormAnswer } from './server-form.tsx'

/** The password that the person has now, asked again before something that cannot be undone. */
export function PasswordField({
  answer,
  name = 'password',
  label = 'Your password',
}: {
  answer: FormAnswer | undefined
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
