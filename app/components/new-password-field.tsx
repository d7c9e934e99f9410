import { Field } from './field.tsx'
import { fieldOf, type FormAnswer } from './server-form.tsx'

/** Where a new password is chosen: any eight characters, pasted or made by a password manager. */
export function NewPasswordField({ answer, label }: { answer: FormAnswer | undefined; label: string }) {
  return (
    <Field
      {...fieldOf(answer, 'password')}
      label={label}
      type="password"
      autoComplete="new-password"
      required
      minLength={8}
      maxLength={256}
      hint="At least 8 characters; four words in a row are better."
      ask="Choose a password."
    />
  )
}
