import { Form, useNavigation } from '@remix-run/react'
import { CsrfField } from './csrf-field.tsx'
import { ErrorSummary } from './error-summary.tsx'

/** The response of a form's action when it does not redirect: the submitted values and the errors. */
export type FormResponse = {
  typed: Record<string, string>
  errors: Record<string, string[] | null>
  /** Errors of the form as a whole. */
  problem: string | null
}

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
      <ErrorSummary errors={answer?.errors ?? {}} />
      {answer?.problem && (
        <div className="notice notice--error" role="alert">
          <p>{answer.problem}</p>
        </div>
      )}
      {children}
      <button className={tone === 'primary' ? 'button button--primary' : 'button'} aria-busy={isBusy}>
        {isBusy ? busy : submit}
      </button>
    </Form>
  )
}

/** A field's value and errors, as Field takes them; once submitted, an empty field counts too. */
export function fieldOf(answer: FormResponse | undefined, name: string, initial = '') {
  const defaultValue = answer ? (answer.typed[name] ?? '') : initial
  return { name, defaultValue, errors: answer?.errors[name] ?? undefined }
}
