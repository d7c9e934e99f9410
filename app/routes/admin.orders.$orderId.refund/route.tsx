import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { useMoney } from '#app/components/shop.ts'
import { refundOrder } from '#app/domain/billing/refund-order.server.ts'
import { getRefundPage } from '#app/domain/billing/refund-page.server.ts'
import { refundSchema } from '#app/domain/billing/refund.schema.ts'
import { formatMoney } from '#app/domain/money.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { refundReturn, type RefundReturnResult } from '#app/domain/returns/refund-return.server.ts'
import { getReturn } from '#app/domain/returns/returns.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse, searchResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'
import { RefundForm } from './refund-form.tsx'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Refund')

/** `?return=12` fills in the items of a return. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const orderId = parseId(params.orderId)
  const returnId = new URL(request.url).searchParams.get('return')
  const [page, settings, found] = await Promise.all([
    getRefundPage(orderId),
    getSettings(),
    returnId ? getReturn(parseId(returnId)) : null,
  ])
  const returned = found?.orderId === orderId && found.state === 'received' ? found : null
  return { ...orNotFound(page), returned, constraint: constraintsOf(refundSchema(orNotFound(settings))) }
}

export const shouldRevalidate = revalidateForm

export type RefundPage = Awaited<ReturnType<typeof loader>>

const refusals = {
  stale: 'Someone else changed this order, so nothing was refunded. Reload the order.',
  'nothing-selected': 'Enter a quantity or an amount to refund.',
  'more-than-left': 'That is more than what is left of an item or of shipping. Nothing was refunded.',
  'more-than-received': 'That is more than the amount that can still be refunded. Nothing was refunded.',
  'not-received': 'This return was refunded already, or its items have not arrived. Nothing was refunded.',
} satisfies Record<
  Exclude<Extract<RefundReturnResult, { ok: false }>['reason'], 'not-found' | 'amount-changed'>,
  string
>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const orderId = parseId(params.orderId)
  const settings = orNotFound(await getSettings())
  const submission = await parseForm(request, refundSchema(settings))
  if (submission.status !== 'success') return formResponse(submission)
  const { returnId, update, ...refund } = submission.value
  if (update) return searchResponse(submission, {})
  const input = { orderId, ...refund, by: staff.id }
  const result = await (returnId === null ? refundOrder(input) : refundReturn({ ...input, returnId }))
  if (result.ok)
    return redirectWithToast(urls.admin.order(orderId), {
      kind: 'success',
      text: `${formatMoney(result.amount, settings)} refunded.`,
    })
  if (result.reason === 'not-found') throw orNotFound(null)
  if (result.reason !== 'amount-changed')
    return formResponse(submission, { problem: refusals[result.reason] })
  const amount = formatMoney(result.amount, settings)
  return formResponse(submission, {
    problem: `The refund is ${amount}. Check it and confirm. Nothing was refunded yet.`,
  })
}

export default function Refund() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const money = useMoney()
  const { order, refundable } = page
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: orderName(order) },
        ]}
        title="Refund"
        about={`${money(refundable)} of order ${orderName(order)} can be refunded.`}
      />
      {refundable > 0 || answer ? (
        <RefundForm page={page} answer={answer} />
      ) : (
        <Panel>
          <p>
            Nothing can be refunded: no payment was received, or all of it was refunded.{' '}
            <Link to={urls.admin.order(order.id)}>Back to order</Link>
          </p>
        </Panel>
      )}
    </>
  )
}
