import type { SubmissionResult } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { urls } from '#app/urls.ts'
import { TextArea } from './fields.tsx'
import { ErrorSummary, formProps, useServerForm } from './form.tsx'

/** A note for colleagues: on the order's page, and on a page of its own when something was wrong. */
export function NoteForm({
  orderId,
  result,
  constraint,
}: {
  orderId: number
  result?: SubmissionResult<string[]>
  constraint: Record<string, object>
}) {
  const [form, fields] = useServerForm<{ note: string }>({
    id: 'note',
    result,
    values: { note: '' },
    constraint,
  })
  return (
    <Form {...formProps(form)} action={urls.admin.orderNotes(orderId)} className="fields">
      <CsrfField />
      <ErrorSummary form={form} />
      <TextArea field={fields.note} label="Add a note" hint="Only staff see it." rows={2} />
      <div className="row-of-actions">
        <button className="button" type="submit">
          Add the note
        </button>
      </div>
    </Form>
  )
}
