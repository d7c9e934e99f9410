import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { PaymentForm } from '#app/components/admin/payment-form.tsx'
import { PaymentStatus } from '#app/components/admin/status-badges.tsx'
import { useMoney } from '#app/components/shop.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { amountDue, canBePaid } from '#app/domain/orders/order-states.ts'
import { markPaidSchema } from '#app/domain/orders/orders.schema.ts'
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

export const meta = () => adminMeta('Mark as paid')

export async function loader({ params }: LoaderFunctionArgs) {
  const { order } = orNotFound(await getOrder(parseId(params.orderId)))
  return { order, constraint: constraintsOf(markPaidSchema) }
}

const refusals = {
  stale: 'Someone else changed this order, so no payment was recorded. Reload the order.',
  'not-payable': 'This order is already paid or canceled, so no payment was recorded.',
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const orderId = parseId(params.orderId)
  const submission = await parseForm(request, markPaidSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await markPaid({ orderId, ...submission.value, by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.order(orderId), { kind: 'success', text: 'Payment recorded.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: refusals[result.reason] })
}

export default function Payment() {
  const { order, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const money = useMoney()
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: orderName(order) },
        ]}
        title="Mark as paid"
        mark={<PaymentStatus order={order} />}
        about={`Amount due for order ${orderName(order)}: ${money(amountDue(order))}.`}
      />
      <Panel>
        {canBePaid(order) || result ? (
          <PaymentForm order={order} result={result} constraint={constraint} />
        ) : (
          <p>No payment is due.</p>
        )}
      </Panel>
      <p className="panel__body">
        <Link to={urls.admin.order(order.id)}>Back to order</Link>
      </p>
    </>
  )
}
