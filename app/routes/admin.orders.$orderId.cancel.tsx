import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { EditForm } from '#app/components/admin/edit-form.tsx'
import { TextArea } from '#app/components/admin/fields.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { useMoney, useShop } from '#app/components/shop.ts'
import { type CancelLine, cancelOrder, listCancelLines } from '#app/domain/billing/cancel-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { canBeCanceled, refundableAmount } from '#app/domain/orders/order-states.ts'
import { formatCount } from '#app/domain/intl.ts'
import { formatMoney } from '#app/domain/money.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
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
  const orderId = parseId(params.orderId)
  const { order, lines: ordered } = orNotFound(await getOrder(orderId))
  const shipped = ordered.filter(({ fulfilledQuantity }) => fulfilledQuantity > 0)
  return { order, shipped, lines: await listCancelLines(orderId), constraint: constraintsOf(cancelSchema) }
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
      text: [
        'Order canceled.',
        result.restocked === 0
          ? 'No items were restocked.'
          : `${formatCount(result.restocked, 'item')} restocked.`,
        result.refunded > 0 && `${formatMoney(result.refunded, orNotFound(await getSettings()))} refunded.`,
      ]
        .filter(Boolean)
        .join(' '),
    })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: refusals[result.reason] })
}

export default function CancelOrder() {
  const { order, shipped, lines, constraint } = useLoaderData<typeof loader>()
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
          <NotCancelable order={order} shipped={shipped} />
        ) : (
          <EditForm method="post" answer={result} className="fields">
            <CsrfField />
            <input type="hidden" name="version" value={submittedOr(result, 'version', order.version)} />
            <ErrorSummary form={form} />
            <p>This can’t be undone:</p>
            <ul>
              {lines.map((line) => (
                <li key={line.id} dir="auto">
                  {lineText(line)} {outcomeTexts[line.outcome]}
                </li>
              ))}
              <li>
                {shop?.sendsEmail
                  ? `${order.email} will be emailed`
                  : `${order.email} will not be emailed, because no email service is set up`}
              </li>
              {refundableAmount(order) > 0 && (
                <li>
                  {money(refundableAmount(order))} will be refunded
                  {order.paymentMethod === 'stripe' ? ' to the card' : ': you send the money yourself'}
                </li>
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
          </EditForm>
        )}
      </Panel>
    </>
  )
}

const outcomeTexts = {
  restocked: 'will be restocked',
  'not-tracked': 'won’t be restocked: its quantity isn’t tracked',
  deleted: 'won’t be restocked: this variant was deleted',
} satisfies Record<CancelLine['outcome'], string>

function lineText(line: { quantity: number; title: string; variantTitle: string }): string {
  return `${line.quantity} × ${[line.title, line.variantTitle].filter(Boolean).join(', ')}`
}

type NotCancelableProps = {
  order: { id: number; canceledAt: Date | null }
  shipped: { id: number; fulfilledQuantity: number; title: string; variantTitle: string }[]
}

function NotCancelable({ order, shipped }: NotCancelableProps) {
  return (
    <>
      <p>
        {order.canceledAt
          ? 'This order is already canceled.'
          : 'This order can’t be canceled, because these items have shipped:'}
      </p>
      {!order.canceledAt && (
        <ul>
          {shipped.map((line) => (
            <li key={line.id} dir="auto">
              {lineText({ ...line, quantity: line.fulfilledQuantity })}
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link to={urls.admin.order(order.id)}>Back to order</Link>
      </p>
    </>
  )
}
