import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { PaymentForm } from '#app/components/admin/payment-form.tsx'
import { PaymentStatus } from '#app/components/admin/states.tsx'
import { useMoney } from '#app/components/shop.ts'
import { markPaid } from '#app/domain/orders/mark-paid.server.ts'
import { canBePaid, orderName } from '#app/domain/orders/orders.ts'
import { markPaidSchema } from '#app/domain/orders/orders.schema.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Mark as paid')

export async function loader({ params }: LoaderFunctionArgs) {
  const { order } = orNotFound(await getOrder(idOf(params.orderId)))
  return { order, constraint: constraintsOf(markPaidSchema) }
}

const refusals = {
  stale:
    'Somebody changed this order since you opened it, so nothing was booked. Open the order again and look.',
  'not-payable': 'This order is paid or cancelled already, so nothing was booked.',
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const orderId = idOf(params.orderId)
  const submission = await parseForm(request, markPaidSchema)
  if (submission.status !== 'success') return badForm(submission)
  const result = await markPaid(orderId, submission.value, staff.id)
  if (result.ok)
    return redirectWithToast(urls.admin.order(orderId), { kind: 'success', text: 'The payment is booked.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return badForm(submission, [refusals[result.reason]])
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
        about={`${order.shipName} owes ${money(order.total)} for order ${orderName(order)}.`}
      />
      <Panel>
        {canBePaid(order) || result ? (
          <PaymentForm order={order} result={result} constraint={constraint} />
        ) : (
          <p>There is nothing to pay.</p>
        )}
      </Panel>
      <p className="panel__body">
        <Link to={urls.admin.order(order.id)}>Back to the order</Link>
      </p>
    </>
  )
}
