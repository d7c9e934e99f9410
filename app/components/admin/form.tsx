import {
  type DefaultValue,
  type FieldMetadata,
  type FormMetadata,
  getFormProps,
  type SubmissionResult,
  useForm,
} from '@conform-to/react'
import { useEffect, useRef } from 'react'

/** Conform's types follow the shape of one form; these components work for every shape. */
/* eslint-disable @typescript-eslint/no-explicit-any */
export type AnyForm = FormMetadata<any, string[]>
export type AnyField = FieldMetadata<any, any, string[]>
/* eslint-enable @typescript-eslint/no-explicit-any */

/**
 * Form components for the admin: the server validates and returns the submitted values with errors; the browser gets
 * the native constraints of the same schema and downloads no schema.
 */
export function useServerForm<Fields extends Record<string, unknown>>(options: {
  id: string
  result: SubmissionResult<string[]> | undefined
  values: DefaultValue<Fields>
  constraint: Record<string, object>
}) {
  return useForm<Fields>({
    id: options.id,
    lastResult: options.result,
    defaultValue: options.values,
    constraint: options.constraint,
  })
}

/** Props of the form element. */
export function formProps(form: AnyForm) {
  return { ...getFormProps(form), method: 'post' as const, noValidate: false }
}

/** The error summary at the top, with a link to each field; takes the focus and marks the page title. */
export function ErrorSummary({ form }: { form: Pick<AnyForm, 'allErrors' | 'errors' | 'errorId'> }) {
  const box = useRef<HTMLDivElement>(null)
  const entries = Object.entries(form.allErrors).filter(([name]) => name !== '')
  const count = entries.length + (form.errors?.length ?? 0)
  useEffect(() => {
    if (count === 0) return
    box.current?.focus()
    if (!document.title.startsWith('Error: ')) document.title = `Error: ${document.title}`
  }, [count, form.allErrors])
  if (count === 0) return null
  return (
    <div
      ref={box}
      className="notice notice--error error-summary"
      role="alert"
      tabIndex={-1}
      autoFocus
      id={form.errorId}
    >
      <h2>{count === 1 ? 'There is a problem' : `${count} problems to fix`}</h2>
      <ul>
        {form.errors?.map((message) => (
          <li key={message}>{message}</li>
        ))}
        {entries.map(([name, messages]) => (
          <li key={name}>
            <a href={`#${fieldId(form.errorId, name)}`}>{messages[0]}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Conform names a form's error "<form>-error" and those of its fields "<form>-<name>". */
function fieldId(errorId: string, name: string): string {
  return `${errorId.replace(/-error$/, '')}-${name}`
}

/**
 * A hidden value that must not change under the user: after a refusal it is the submitted one (a stale version has to
 * stay stale), otherwise the page's own.
 */
export function submittedOr(
  result: SubmissionResult<string[]> | undefined,
  name: string,
  own: number | string,
) {
  if (result?.status !== 'error') return own
  let submitted: unknown = result.initialValue
  for (const step of name.split(/[.[\]]+/).filter(Boolean))
    submitted =
      typeof submitted === 'object' && submitted !== null
        ? (submitted as Record<string, unknown>)[step]
        : undefined
  return typeof submitted === 'string' ? submitted : own
}
