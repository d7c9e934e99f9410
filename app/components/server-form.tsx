import { Form, useNavigation } from '@remix-run/react'
import { CsrfField } from './csrf-field.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { formFields, type FormResponse } from './form-fields.ts'

/** A form with one button: CSRF token, errors, fields, button. */
export function ServerForm({
  action,
  answer,
  submit,
  busy,
  tone = 'primary',
  className = 'door__form',
  children,
}: {
  action: string
  answer?: FormResponse
  submit: string
  /** The button's text while the form is being submitted. */
  busy: string
  tone?: 'primary' | 'plain'
  className?: string
  children?: React.ReactNode
}) {
  const navigation = useNavigation()
  const isBusy = navigation.state !== 'idle' && navigation.formAction === action
  return (
    <Form method="post" action={action} className={className} noValidate>
      <CsrfField />
      <ErrorSummary form={formFields({ answer })} />
      {children}
      <button className={tone === 'primary' ? 'button button--primary' : 'button'} aria-busy={isBusy}>
        {isBusy ? busy : submit}
      </button>
    </Form>
  )
}
