import { Field } from './field.tsx'
import { fieldOf, type FormAnswer, ServerForm } from './server-form.tsx'

/** An address and a button: the answer comes by mail. */
export function MailForm({
  action,
  answer,
  submit,
  isAccount = false,
}: {
  action: string
  answer: FormAnswer | undefined
  submit: string
  /** The address is that of an account, which a password manager may know. */
  isAccount?: boolean
}) {
  return (
    <ServerForm action={action} answer={answer} submit={submit} busy="Sending…">
      <Field
        {...fieldOf(answer, 'email')}
        label="E-mail"
        type="email"
        autoComplete={isAccount ? 'username' : 'email'}
        inputMode="email"
        required
        maxLength={254}
        ask="Enter your e-mail address."
      />
    </ServerForm>
  )
}
