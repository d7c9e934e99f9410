import { Form, useNavigation } from '@remix-run/react'
import { CsrfField } from './csrf-field.tsx'
import { ErrorSummary } from './error-summary.tsx'

/** What a form's action answers when it does not lead on: what was typed, and what is in the way. */
export type FormAnswer = {
  typed: Record<string, string>
  errors: Record<string, string[] | null>
  /** What stands in the way of the form as a whole. */
  problem: string | null
}

/** A form with one button: its token, what is in the way, its fields, the button that says what happens. */
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
  answer?: FormAnswer
  submit: string
  /** The button's words while the form is under way. */
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

/** A field's text and errors, as Field takes them; once something was typed, also an empty field counts. */
export function fieldOf(answer: FormAnswer | undefined, name: string, initial = '') {
  const defaultValue = answer ? (answer.typed[name] ?? '') : initial
  return { name, defaultValue, errors: answer?.errors[name] ?? undefined }
}
