import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { orderName } from '#app/domain/orders/orders.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { cancelShipment, type CancelShipmentResult } from '#app/domain/orders/shipments.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Cancel shipment')

export async function loader({ params }: LoaderFunctionArgs) {
  const { order, fulfillments, lines } = orNotFound(await getOrder(parseId(params.orderId)))
  const shipmentId = parseId(params.fulfillmentId)
  const shipment = orNotFound(fulfillments.find(({ id, canceledAt }) => id === shipmentId && !canceledAt))
  const items = shipment.lines.map(({ orderLineId, quantity }) => {
    const line = lines.find(({ id }) => id === orderLineId)!
    return `${quantity} × ${[line.title, line.variantTitle].filter(Boolean).join(', ')}`
  })
  return { order: { id: order.id, name: orderName(order) }, items }
}

const refusals = {
  'already-canceled': 'This shipment was canceled already.',
  'in-return': 'The customer returns items of this shipment, so it can’t be canceled.',
} satisfies Record<Exclude<Extract<CancelShipmentResult, { ok: false }>['reason'], 'not-found'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const orderId = parseId(params.orderId)
  await parseForm(request, z.object({}))
  const result = await cancelShipment({
    orderId,
    fulfillmentId: parseId(params.fulfillmentId),
    by: staff.id,
  })
  const page = urls.admin.order(orderId)
  if (result.ok) return redirectWithToast(page, { kind: 'success', text: 'Shipment canceled.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return redirectWithToast(page, { kind: 'error', text: refusals[result.reason] })
}

export default function CancelShipment() {
  const { order, items } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: order.name },
        ]}
        title="Cancel this shipment?"
      />
      <Panel>
        <p>These items are unfulfilled again and can be shipped once more. The customer is not emailed.</p>
        <ul>
          {items.map((item) => (
            <li key={item} dir="auto">
              {item}
            </li>
          ))}
        </ul>
        <Form method="post" className="row-of-actions apart">
          <CsrfField />
          <button className="button button--danger" type="submit">
            Cancel shipment
          </button>
          <Link className="button button--quiet" to={urls.admin.order(order.id)}>
            Back to order
          </Link>
        </Form>
      </Panel>
    </>
  )
}
