import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { EditForm, revalidateForm } from '#app/components/admin/edit-form.tsx'
import { CheckField } from '#app/components/admin/fields.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { type ChangeReturnResult, receiveReturn } from '#app/domain/returns/change-return.server.ts'
import { receiveReturnSchema } from '#app/domain/returns/returns.schema.ts'
import { getReturn } from '#app/domain/returns/returns.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Receive return')

export async function loader({ params }: LoaderFunctionArgs) {
  const orderId = parseId(params.orderId)
  const [found, one] = await Promise.all([getOrder(orderId), getReturn(parseId(params.returnId))])
  const { order } = orNotFound(found)
  if (one?.orderId !== orderId) throw orNotFound(null)
  return { order: { id: order.id, name: orderName(order) }, one }
}

export const shouldRevalidate = revalidateForm

const refusals = {
  stale: 'Someone else changed this return, so nothing was saved. Reload the page.',
  'not-possible': 'This return is not approved, or its items arrived already. Nothing was saved.',
} satisfies Record<Exclude<Extract<ChangeReturnResult, { ok: false }>['reason'], 'not-found'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const orderId = parseId(params.orderId)
  const returnId = parseId(params.returnId)
  const submission = await parseForm(request, receiveReturnSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await receiveReturn({ orderId, returnId, ...submission.value, by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.order(orderId), { kind: 'success', text: 'Return received.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: refusals[result.reason] })
}

export default function ReceiveReturn() {
  const { order, one } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields<{ lines: { restock: string }[] }>({
    id: 'return',
    answer,
    values: { lines: one.lines.map(() => ({ restock: 'on' })) },
  })
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: order.name },
        ]}
        title="Mark return as received"
      />
      <Panel>
        <EditForm method="post" answer={answer} className="fields">
          <CsrfField />
          <input type="hidden" name="version" value={submittedOr(answer, 'version', one.version)} />
          <ErrorSummary form={form} />
          <p>Choose what goes back into stock. Refund the customer in the next step.</p>
          {one.lines.map((line, index) => (
            <div key={line.orderLineId}>
              <input type="hidden" name={`lines[${index}].orderLineId`} value={line.orderLineId} />
              <CheckField
                {...form.field(`lines[${index}].restock`)}
                label={`Restock ${line.quantity} × ${[line.title, line.variantTitle].filter(Boolean).join(', ')}`}
              />
            </div>
          ))}
          <div className="row-of-actions">
            <button className="button button--primary" type="submit">
              Mark as received
            </button>
            <Link className="button button--quiet" to={urls.admin.order(order.id)}>
              Back to order
            </Link>
          </div>
        </EditForm>
      </Panel>
    </>
  )
}
