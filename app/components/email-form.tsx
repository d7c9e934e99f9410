import { Field } from './field.tsx'
import { fieldOf, type FormResponse } from './form-fields.ts'
import { ServerForm } from './server-form.tsx'

/** A form that asks for an email address; the response is sent by email. */
export function EmailForm({
  action,
  answer,
  submit,
  isAccount = false,
}: {
  action: string
  answer: FormResponse | undefined
  submit: string
  /** The address belongs to an account, so a password manager may fill it in. */
  isAccount?: boolean
}) {
  return (
    <ServerForm action={action} answer={answer} submit={submit} busy="Sending…">
      <Field
        {...fieldOf(answer, 'email')}
        label="Email"
        type="email"
        autoComplete={isAccount ? 'username' : 'email'}
        inputMode="email"
        required
        maxLength={254}
        ask="Enter your email address."
      />
    </ServerForm>
  )
}
