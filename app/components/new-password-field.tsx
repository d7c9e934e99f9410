import { Field } from './field.tsx'
import { fieldOf, type FormResponse } from './form-fields.ts'

/** The field for a new password: at least eight characters, pasting and password managers allowed. */
export function NewPasswordField({ answer, label }: { answer: FormResponse | undefined; label: string }) {
  return (
    <Field
      {...fieldOf(answer, 'password')}
      label={label}
      type="password"
      autoComplete="new-password"
      required
      minLength={8}
      maxLength={256}
      hint="At least 8 characters; a passphrase of four words is stronger."
      ask="Choose a password."
    />
  )
}
