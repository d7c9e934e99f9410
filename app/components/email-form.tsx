import { Field } from './field.tsx'
import { fieldOf, type FormResponse } from './form-fields.ts'
import { ServerForm } from './server-form.tsx'
import { useShop } from './shop.ts'

/**
 * A form that asks for an email address; the response is sent by email. While the store sends no emails, it says how to
 * get the response, the same for every address.
 */
export function EmailForm({
  action,
  answer,
  wanted,
  isAccount = false,
}: {
  action: string
  answer: FormResponse | undefined
  /** What the email contains. */
  wanted: 'a link' | 'the links'
  /** The address belongs to an account, so a password manager may fill it in. */
  isAccount?: boolean
}) {
  const shop = useShop()
  const submit = shop?.sendsEmail ? `Email me ${wanted}` : `Request ${wanted}`
  return (
    <ServerForm action={action} answer={answer} submit={submit} busy="Sending…">
      {shop && !shop.sendsEmail && (
        <p className="notice notice--warn">
          This store doesn’t send emails yet. Request {wanted} here, then write to {shop.contactEmail} to get{' '}
          {wanted === 'a link' ? 'it' : 'them'}.
        </p>
      )}
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
