import type { SubmissionResult } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { urls } from '#app/urls.ts'
import { TextArea } from './fields.tsx'
import { ErrorSummary, formProps, useServerForm } from './form.tsx'

/** A staff note: on the order's page, and on a page of its own after an error. */
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
      <TextArea field={fields.note} label="Add note" hint="Only staff see it." rows={2} />
      <div className="row-of-actions">
        <button className="button" type="submit">
          Add note
        </button>
      </div>
    </Form>
  )
}
