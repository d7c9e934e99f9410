import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { TextArea } from '#app/components/admin/fields.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { pageMeta } from '#app/components/page-meta.ts'
import { initialUnits, ReturnLines } from '#app/components/return-lines.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { orderName } from '#app/domain/orders/orders.ts'
import { requestReturn, type RequestReturnResult } from '#app/domain/returns/request-return.server.ts'
import { listReturnable } from '#app/domain/returns/returnable.server.ts'
import { requestReturnSchema } from '#app/domain/returns/returns.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Return items', isPrivate: true })

export const headers = () => noStore

/** The order's token is all that is needed, as on its page. */
export async function loader({ params }: LoaderFunctionArgs) {
  const { order, lines } = orNotFound(await listReturnable({ token: params.token!, now: new Date() }))
  return data(
    {
      ...{ token: order.token, name: orderName(order) },
      lines: lines.map(({ id, title, variantTitle, left }) => ({ id, title, variantTitle, left })),
      constraint: constraintsOf(requestReturnSchema),
    },
    { headers: noStore },
  )
}

const refusals = {
  'nothing-selected': 'Enter the quantity of at least one item.',
  'not-returnable': 'These items can’t be returned: they are in another return, or the time is over.',
} satisfies Record<Exclude<Extract<RequestReturnResult, { ok: false }>['reason'], 'not-found'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const token = params.token!
  const submission = await parseForm(request, requestReturnSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await requestReturn({ token, ...submission.value, now: new Date() })
  if (result.ok)
    return redirectWithToast(urls.order(token), { kind: 'success', text: 'We received your return request.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: refusals[result.reason] })
}

export default function ReturnItems() {
  const { token, name, lines, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const values = { lines: initialUnits(lines), reason: '' }
  const form = formFields<typeof values>({ answer, constraint, values })
  return (
    <div className="page receipt">
      <header className="receipt__head">
        <p className="soft">Order {name}</p>
        <h1>Return items</h1>
        <p>
          {lines.length === 0
            ? 'No items of this order can be returned at the moment.'
            : 'Tell us what you want to return. We will check it and tell you where to send it.'}
        </p>
      </header>
      {lines.length > 0 && (
        <ServerForm
          action={urls.returnItems(token)}
          answer={answer}
          submit="Request return"
          busy="Sending…"
          className="receipt__form"
        >
          <ReturnLines form={form} lines={lines} />
          <TextArea {...form.field('reason')} label="Reason" rows={3} />
        </ServerForm>
      )}
      <p>
        <Link to={urls.order(token)}>Back to order</Link>
      </p>
    </div>
  )
}
