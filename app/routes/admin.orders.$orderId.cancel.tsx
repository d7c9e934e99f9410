import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { TextArea } from '#app/components/admin/fields.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { useMoney, useShop } from '#app/components/shop.ts'
import { cancelOrder } from '#app/domain/orders/cancel-order.server.ts'
import { canBeCanceled, orderName } from '#app/domain/orders/orders.ts'
import { cancelSchema } from '#app/domain/orders/orders.schema.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Cancel order')

export async function loader({ params }: LoaderFunctionArgs) {
  const { order, lines } = orNotFound(await getOrder(parseId(params.orderId)))
  const returning = lines.filter((line) => line.stockTaken && line.variantId !== null)
  return { order, returning, constraint: constraintsOf(cancelSchema) }
}

const refusals = {
  stale: 'Someone else changed this order, so it was not canceled. Reload the order.',
  'not-cancelable': 'This order is already canceled or partly shipped, so nothing was changed.',
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const orderId = parseId(params.orderId)
  const submission = await parseForm(request, cancelSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await cancelOrder({ orderId, ...submission.value, by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.order(orderId), {
      kind: 'success',
      text: 'Order canceled and items restocked.',
    })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: refusals[result.reason] })
}

export default function CancelOrder() {
  const { order, returning, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const money = useMoney()
  const shop = useShop()
  const form = formFields<{ reason: string }>({
    id: 'cancellation',
    answer: result,
    values: { reason: '' },
    constraint,
  })
  const isPossible = canBeCanceled(order)
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: orderName(order) },
        ]}
        title={`Cancel order ${orderName(order)}?`}
      />
      <Panel>
        {!isPossible && !result ? (
          <p>
            This order can’t be canceled: it is already canceled or partly shipped.{' '}
            <Link to={urls.admin.order(order.id)}>Back to order</Link>
          </p>
        ) : (
          <Form method="post" className="fields">
            <CsrfField />
            <input type="hidden" name="version" value={submittedOr(result, 'version', order.version)} />
            <ErrorSummary form={form} />
            <p>This can’t be undone:</p>
            <ul>
              {returning.map((line) => (
                <li key={line.id} dir="auto">
                  {line.quantity} × {line.title}
                  {line.variantTitle && `, ${line.variantTitle}`} will be restocked
                </li>
              ))}
              <li>
                {shop?.sendsEmail
                  ? `${order.email} will be emailed`
                  : `${order.email} will not be emailed, because no email service is set up`}
              </li>
              {order.paymentState === 'paid' && (
                <li>{money(order.total)} was received and must be refunded manually</li>
              )}
            </ul>
            <TextArea
              {...form.field('reason')}
              label="Reason"
              isOptional
              hint="Shown in the timeline to staff only."
              rows={2}
            />
            <div className="row-of-actions">
              <button className="button button--danger" type="submit">
                Cancel order
              </button>
              <Link className="button button--quiet" to={urls.admin.order(order.id)}>
                Back to order
              </Link>
            </div>
          </Form>
        )}
      </Panel>
    </>
  )
}
