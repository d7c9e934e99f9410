import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { submittedOr } from '#app/components/form-fields.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { cancelByCustomer } from '#app/domain/billing/cancel-by-customer.server.ts'
import type { CancelResult } from '#app/domain/billing/cancel-order.server.ts'
import { version } from '#app/domain/fields.ts'
import { canBeCanceledByCustomer } from '#app/domain/orders/order-states.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { getOrderByToken } from '#app/domain/orders/orders.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Cancel order', isPrivate: true })

export const headers = () => noStore

/** The order's token is all that is needed, as on its page. */
export async function loader({ params }: LoaderFunctionArgs) {
  const { order } = orNotFound(await getOrderByToken(params.token!))
  if (!canBeCanceledByCustomer(order)) return redirect(urls.order(order.token), 303)
  return data({ token: order.token, name: orderName(order), version: order.version }, { headers: noStore })
}

const refusals = {
  stale: 'This order has changed, so it was not canceled. Reload the page.',
  'not-cancelable': 'This order can no longer be canceled here. Please contact us.',
} satisfies Record<Exclude<Extract<CancelResult, { ok: false }>['reason'], 'not-found'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const token = params.token!
  const submission = await parseForm(request, z.object({ version: version() }))
  if (submission.status !== 'success') return formResponse(submission)
  const result = await cancelByCustomer({ token, ...submission.value })
  if (result.ok)
    return redirectWithToast(urls.order(token), { kind: 'success', text: 'Your order was canceled.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  if (result.reason === 'stale') return formResponse(submission, { problem: refusals.stale })
  return redirectWithToast(urls.order(token), { kind: 'error', text: refusals[result.reason] })
}

export default function CancelOrderPage() {
  const order = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="page receipt">
      <header className="receipt__head">
        <p className="soft">Order {order.name}</p>
        <h1>Cancel this order?</h1>
        <p>Nothing will be shipped, and no payment is due. This can’t be undone.</p>
      </header>
      <ServerForm
        action={urls.cancelOwnOrder(order.token)}
        answer={answer}
        submit="Cancel order"
        busy="Canceling…"
        className="receipt__form"
      >
        <input type="hidden" name="version" value={submittedOr(answer, 'version', order.version)} />
      </ServerForm>
      <p>
        <Link to={urls.order(order.token)}>Keep the order</Link>
      </p>
    </div>
  )
}
