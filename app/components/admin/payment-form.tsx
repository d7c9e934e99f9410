import type { SubmissionResult } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { urls } from '#app/urls.ts'
import { TextField } from './fields.tsx'
import { ErrorSummary, formProps, keptOr, useServerForm } from './form.tsx'

/** "The money is here": on the order's page, and on a page of its own when something was wrong. */
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
      <input type="hidden" name="version" value={keptOr(result, 'version', order.version)} />
      <ErrorSummary form={form} />
      <TextField
        field={fields.reference}
        label="Reference (optional)"
        hint="What the bank statement or the receipt says, for your books."
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
