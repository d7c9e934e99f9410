import { type Constraint, formFields, type FormResponse, submittedOr } from '#app/components/form-fields.ts'
import { EditForm } from './edit-form.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { urls } from '#app/urls.ts'
import { Field } from '#app/components/field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'

/** Records a payment: on the order's page, and on a page of its own after an error. */
export function PaymentForm({
  order,
  result,
  constraint,
}: {
  order: { id: number; version: number }
  result?: FormResponse
  constraint: Record<string, Constraint>
}) {
  const form = formFields<{ reference: string }>({
    id: 'payment',
    answer: result,
    values: { reference: '' },
    constraint,
  })
  return (
    <EditForm method="post" answer={result} action={urls.admin.orderPayment(order.id)} className="fields">
      <CsrfField />
      <input type="hidden" name="version" value={submittedOr(result, 'version', order.version)} />
      <ErrorSummary form={form} />
      <Field
        {...form.field('reference')}
        label="Reference"
        isOptional
        hint="Reference from the bank statement or receipt."
        autoComplete="off"
      />
      <div className="row-of-actions">
        <button className="button" type="submit">
          Mark as paid
        </button>
      </div>
    </EditForm>
  )
}
