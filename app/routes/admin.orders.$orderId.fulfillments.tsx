import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { EditForm, SaveBar } from '#app/components/admin/edit-form.tsx'
import { Field } from '#app/components/field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { TrackingFields } from '#app/components/admin/tracking-fields.tsx'
import { useShop } from '#app/components/shop.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { fulfillOrder } from '#app/domain/billing/fulfill-order.server.ts'
import type { CreateFulfillmentResult } from '#app/domain/orders/create-fulfillment.server.ts'
import { orderName, shippingAddress } from '#app/domain/orders/orders.ts'
import { canBeFulfilled } from '#app/domain/orders/order-states.ts'
import { unitsToShip } from '#app/domain/orders/packing.ts'
import { fulfillmentSchema } from '#app/domain/orders/orders.schema.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Fulfill items')

export async function loader({ params }: LoaderFunctionArgs) {
  const [found, settings] = await Promise.all([getOrder(parseId(params.orderId)), getSettings()])
  const { order, lines } = orNotFound(found)
  const open = lines.filter((line) => unitsToShip(line) > 0)
  const shipTo = addressLines(shippingAddress(order), orNotFound(settings).locale)
  return { order, open, shipTo, constraint: constraintsOf(fulfillmentSchema) }
}

const refusals = {
  stale: 'Someone else changed this order, so nothing was shipped. Reload the order.',
  'not-fulfillable': 'This order is canceled or complete, so nothing was shipped.',
  'nothing-selected': 'Enter the quantity of at least one item.',
  'more-than-ordered': 'That is more than the unfulfilled quantity. Nothing was shipped.',
} satisfies Record<Exclude<Extract<CreateFulfillmentResult, { ok: false }>['reason'], 'not-found'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const orderId = parseId(params.orderId)
  const submission = await parseForm(request, fulfillmentSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await fulfillOrder({ orderId, ...submission.value, by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.order(orderId), {
      kind: 'success',
      text: result.state === 'fulfilled' ? 'Order fulfilled.' : 'Shipped. Some items are still unfulfilled.',
    })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: refusals[result.reason] })
}

type Values = {
  lines: { orderLineId: string; quantity: string }[]
  carrier: string
  trackingNumber: string
  trackingUrl: string
}

export default function Fulfillments() {
  const { order, open, shipTo } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const isPossible = canBeFulfilled(order) && open.length > 0
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: orderName(order) },
        ]}
        title="Fulfill items"
        about={`To ${shipTo.join(', ')}`}
      />
      {isPossible || result ? (
        <FulfillmentForm key={open.map((line) => line.id).join()} />
      ) : (
        <Panel>
          <p>
            There is nothing to ship. <Link to={urls.admin.order(order.id)}>Back to order</Link>
          </p>
        </Panel>
      )}
    </>
  )
}

function FulfillmentForm() {
  const shop = useShop()
  const { order, open, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const form = formFields<Values>({
    id: 'fulfillment',
    answer: result,
    constraint,
    values: {
      lines: open.map((line) => ({
        orderLineId: String(line.id),
        quantity: String(unitsToShip(line)),
      })),
      carrier: '',
      trackingNumber: '',
      trackingUrl: '',
    },
  })
  return (
    <EditForm method="post" answer={result}>
      <CsrfField />
      <input type="hidden" name="version" value={submittedOr(result, 'version', order.version)} />
      <ErrorSummary form={form} />
      <Panel title="Items to ship" flush>
        <ul className="lines" role="list">
          {open.map((line, index) => {
            const left = unitsToShip(line)
            return (
              <li key={line.id}>
                <span className="with-thumb">
                  <Thumbnail image={line.image} />
                  <span>
                    <b dir="auto">{line.title}</b>
                    <span className="sub" dir="auto">
                      {[line.variantTitle, line.sku].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                </span>
                <span className="lines__quantity">{left} unfulfilled</span>
                <div>
                  <input type="hidden" name={`lines[${index}].orderLineId`} value={line.id} />
                  <Field
                    {...form.field(`lines[${index}].quantity`)}
                    label={`Quantity of ${line.title}`}
                    hidesLabel
                    type="number"
                    min={0}
                    max={left}
                  />
                </div>
              </li>
            )
          })}
        </ul>
      </Panel>
      <Panel title="Tracking">
        <TrackingFields form={form} />
      </Panel>
      <SaveBar
        note={
          shop?.sendsEmail
            ? `${order.email} will be emailed.`
            : `No email is sent to ${order.email}, because no email service is set up.`
        }
      >
        <button className="button button--primary" type="submit">
          Mark as shipped
        </button>
        <Link className="button button--quiet" to={urls.admin.order(order.id)}>
          Back
        </Link>
      </SaveBar>
    </EditForm>
  )
}
