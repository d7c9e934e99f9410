import {
  type DefaultValue,
  type FieldMetadata,
  type FormMetadata,
  getFormProps,
  type SubmissionResult,
  useForm,
} from '@conform-to/react'
import { useEffect, useRef } from 'react'

/** Conform's types follow the shape of one form; these parts work for every shape. */
/* eslint-disable @typescript-eslint/no-explicit-any */
export type AnyForm = FormMetadata<any, string[]>
export type AnyField = FieldMetadata<any, any, string[]>
/* eslint-enable @typescript-eslint/no-explicit-any */

/**
 * The one way forms are built here: the server checks and answers with what was typed and what is wrong with it;
 * the browser has the native constraints of the same schema and downloads no schema.
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

/** What is wrong, first on the page, with a link to each field; takes the focus and marks the title. */
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
      <h2>{count === 1 ? 'Something needs another look' : `${count} things need another look`}</h2>
      <ul>
        {form.errors?.map((words) => (
          <li key={words}>{words}</li>
        ))}
        {entries.map(([name, words]) => (
          <li key={name}>
            <a href={`#${fieldId(form.errorId, name)}`}>{words[0]}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Conform names a form's error "<form>-error" and its fields "<form>-<name>". */
function fieldId(errorId: string, name: string): string {
  return `${errorId.replace(/-error$/, '')}-${name}`
}

/**
 * A hidden value that must stay what the person saw: after a refusal the one that was sent (a version that is out of
 * date has to stay out of date), else the page's own.
 */
export function keptOr(result: SubmissionResult<string[]> | undefined, name: string, own: number | string) {
  if (result?.status !== 'error') return own
  let kept: unknown = result.initialValue
  for (const step of name.split(/[.[\]]+/).filter(Boolean))
    kept = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>)[step] : undefined
  return typeof kept === 'string' ? kept : own
}
