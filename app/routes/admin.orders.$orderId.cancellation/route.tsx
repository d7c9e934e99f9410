import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { TextArea } from '#app/components/admin/fields.tsx'
import { ErrorSummary, formProps, keptOr, useServerForm } from '#app/components/admin/form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { useMoney } from '#app/components/shop.ts'
import { cancelOrder } from '#app/domain/orders/cancel-order.server.ts'
import { canBeCancelled, orderName } from '#app/domain/orders/orders.ts'
import { cancelSchema } from '#app/domain/orders/orders.schema.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Cancel the order')

export async function loader({ params }: LoaderFunctionArgs) {
  const { order, lines } = orNotFound(await getOrder(idOf(params.orderId)))
  const returning = lines.filter((line) => line.stockTaken && line.variantId !== null)
  return { order, returning, constraint: constraintsOf(cancelSchema) }
}

const refusals = {
  stale:
    'Somebody changed this order since you opened it, so it was not cancelled. Open the order again and look.',
  'not-cancellable': 'This order was cancelled already, or part of it is on its way, so nothing was changed.',
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const orderId = idOf(params.orderId)
  const submission = await parseForm(request, cancelSchema)
  if (submission.status !== 'success') return badForm(submission)
  const result = await cancelOrder(orderId, submission.value, staff.id)
  if (result.ok)
    return redirectWithToast(urls.admin.order(orderId), {
      kind: 'success',
      text: 'The order is cancelled and its stock is back.',
    })
  if (result.reason === 'not-found') throw orNotFound(null)
  return badForm(submission, [refusals[result.reason]])
}

export default function Cancellation() {
  const { order, returning, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const money = useMoney()
  const [form, fields] = useServerForm<{ reason: string }>({
    id: 'cancellation',
    result,
    values: { reason: '' },
    constraint,
  })
  const isPossible = canBeCancelled(order)
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
            This order cannot be cancelled: it is cancelled already, or part of it is on its way.{' '}
            <Link to={urls.admin.order(order.id)}>Back to the order</Link>
          </p>
        ) : (
          <Form {...formProps(form)} className="fields">
            <CsrfField />
            <input type="hidden" name="version" value={keptOr(result, 'version', order.version)} />
            <ErrorSummary form={form} />
            <p>What happens, and cannot be taken back:</p>
            <ul>
              {returning.map((line) => (
                <li key={line.id} dir="auto">
                  {line.quantity} × {line.title}
                  {line.variantTitle && `, ${line.variantTitle}`} {line.quantity === 1 ? 'goes' : 'go'} back
                  into stock
                </li>
              ))}
              <li>{order.email} gets a mail about it</li>
              {order.paymentState === 'paid' && (
                <li>{money(order.total)} was received: pay it back yourself, Till does not move money</li>
              )}
            </ul>
            <TextArea
              field={fields.reason}
              label="Why? (optional)"
              hint="Goes into the timeline; only staff see it."
              rows={2}
            />
            <div className="row-of-actions">
              <button className="button button--danger" type="submit">
                Cancel the order
              </button>
              <Link className="button button--quiet" to={urls.admin.order(order.id)}>
                Keep it
              </Link>
            </div>
          </Form>
        )}
      </Panel>
    </>
  )
}
