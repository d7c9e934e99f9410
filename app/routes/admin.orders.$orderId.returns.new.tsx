import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { EditForm, revalidateForm } from '#app/components/admin/edit-form.tsx'
import { TextArea } from '#app/components/admin/fields.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { initialUnits, ReturnLines } from '#app/components/return-lines.tsx'
import { orderName } from '#app/domain/orders/orders.ts'
import { type RequestReturnResult, startReturn } from '#app/domain/returns/request-return.server.ts'
import { listReturnableForStaff } from '#app/domain/returns/returnable.server.ts'
import { startReturnSchema } from '#app/domain/returns/returns.schema.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Start return')

export async function loader({ params }: LoaderFunctionArgs) {
  const { order, lines } = orNotFound(await listReturnableForStaff(parseId(params.orderId)))
  return { order: { id: order.id, name: orderName(order), email: order.email }, lines }
}

export const shouldRevalidate = revalidateForm

const refusals = {
  'nothing-selected': 'Enter the quantity of at least one item.',
  'not-returnable': 'That is more than was shipped and is not in a return yet. Nothing was saved.',
} satisfies Record<Exclude<Extract<RequestReturnResult, { ok: false }>['reason'], 'not-found'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const orderId = parseId(params.orderId)
  const submission = await parseForm(request, startReturnSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await startReturn({ orderId, ...submission.value, by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.order(orderId), { kind: 'success', text: 'Return started.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: refusals[result.reason] })
}

export default function StartReturn() {
  const { order, lines } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const values = { lines: initialUnits(lines), reason: '', answer: '' }
  const form = formFields<typeof values>({ id: 'return', answer, values })
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: order.name },
        ]}
        title="Start return"
      />
      <Panel>
        {lines.length === 0 && !answer ? (
          <p>
            Nothing can be returned: no items were shipped, or all of them are in returns.{' '}
            <Link to={urls.admin.order(order.id)}>Back to order</Link>
          </p>
        ) : (
          <EditForm method="post" answer={answer} className="fields">
            <CsrfField />
            <ErrorSummary form={form} />
            <ReturnLines form={form} lines={lines} />
            <TextArea {...form.field('reason')} label="Reason" isOptional rows={2} maxLength={1000} />
            <TextArea
              {...form.field('answer')}
              label="Message to the customer"
              isOptional
              hint={`Sent to ${order.email}, for example where to send the items.`}
              rows={3}
              maxLength={1000}
            />
            <div className="row-of-actions">
              <button className="button button--primary" type="submit">
                Start return
              </button>
              <Link className="button button--quiet" to={urls.admin.order(order.id)}>
                Back to order
              </Link>
            </div>
          </EditForm>
        )}
      </Panel>
    </>
  )
}
