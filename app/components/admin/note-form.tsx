import { type Constraint, formFields, type FormResponse } from '#app/components/form-fields.ts'
import { EditForm } from './edit-form.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { urls } from '#app/urls.ts'
import { CheckField, TextArea } from './fields.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'

/** A staff note: on the order's page, and on a page of its own after an error. */
export function NoteForm({
  orderId,
  result,
  constraint,
}: {
  orderId: number
  result?: FormResponse
  constraint: Record<string, Constraint>
}) {
  const form = formFields<{ note: string; isMessage: string }>({
    id: 'note',
    answer: result,
    values: { note: '' },
    constraint,
  })
  return (
    <EditForm method="post" answer={result} action={urls.admin.orderNotes(orderId)} className="fields">
      <CsrfField />
      <ErrorSummary form={form} />
      <TextArea {...form.field('note')} label="Add note" hint="Only staff see it." rows={2} />
      <CheckField {...form.field('isMessage')} label="Send it to the customer as a message" />
      <div className="row-of-actions">
        <button className="button" type="submit">
          Add note
        </button>
      </div>
    </EditForm>
  )
}
