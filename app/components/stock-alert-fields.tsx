import { CsrfField } from './csrf-field.tsx'
import { Field } from './field.tsx'
import { fieldOf, type FormResponse } from './form-fields.ts'

/** The fields of the form that asks for an email when a variant is back in stock. */
export function StockAlertFields({
  answer,
  isBusy,
  isMain = false,
}: {
  answer: FormResponse | undefined
  isBusy: boolean
  /** The form is what the page is about. */
  isMain?: boolean
}) {
  return (
    <>
      <CsrfField />
      <Field
        {...fieldOf(answer, 'email')}
        label="Email"
        type="email"
        autoComplete="email"
        inputMode="email"
        maxLength={254}
        required
        ask="Enter your email address."
      />
      <button className={isMain ? 'button button--primary' : 'button'} aria-busy={isBusy}>
        {isBusy ? 'Sending…' : 'Notify me'}
      </button>
    </>
  )
}
