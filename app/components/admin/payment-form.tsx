import type { SubmissionResult } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { urls } from '#app/urls.ts'
import { TextField } from './fields.tsx'
import { ErrorSummary, formProps, submittedOr, useServerForm } from './form.tsx'

/** Records a payment: on the order's page, and on a page of its own after an error. */
export function PaymentForm({
  order,
  result,
  constraint,
}: {
  order: { id: number; version: number }
  result?: SubmissionResult<string[]>
  constraint: Record<string, object>
}) {
  const [form, fields] = useServerForm<{ reference: string }>({
    id: 'payment',
    result,
    values: { reference: '' },
    constraint,
  })
  return (
    <Form {...formProps(form)} action={urls.admin.orderPayment(order.id)} className="fields">
      <CsrfField />
      <input type="hidden" name="version" value={submittedOr(result, 'version', order.version)} />
      <ErrorSummary form={form} />
      <TextField
        field={fields.reference}
        label="Reference (optional)"
        hint="Reference from the bank statement or receipt."
        autoComplete="off"
      />
      <div className="row-of-actions">
        <button className="button" type="submit">
          Mark as paid
        </button>
      </div>
    </Form>
  )
}
