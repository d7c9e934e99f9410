import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { EditForm, revalidateForm, SaveBar } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { TrackingFields } from '#app/components/admin/tracking-fields.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { trackingSchema } from '#app/domain/orders/orders.schema.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { changeTracking } from '#app/domain/orders/shipments.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Edit tracking')

export async function loader({ params }: LoaderFunctionArgs) {
  const { order, fulfillments } = orNotFound(await getOrder(parseId(params.orderId)))
  const shipmentId = parseId(params.fulfillmentId)
  const { carrier, trackingNumber, trackingUrl } = orNotFound(
    fulfillments.find(({ id }) => id === shipmentId),
  )
  return {
    order: { id: order.id, name: orderName(order) },
    values: { carrier, trackingNumber, trackingUrl },
    constraint: constraintsOf(trackingSchema),
  }
}

export const shouldRevalidate = revalidateForm

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const orderId = parseId(params.orderId)
  const submission = await parseForm(request, trackingSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const shipment = { orderId, fulfillmentId: parseId(params.fulfillmentId), by: staff.id }
  if (!(await changeTracking({ ...shipment, ...submission.value }))) throw orNotFound(null)
  return redirectWithToast(urls.admin.order(orderId), { kind: 'success', text: 'Tracking saved.' })
}

export default function Tracking() {
  const { order, values, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields<typeof values>({ id: 'tracking', answer, constraint, values })
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.orders(), label: 'Orders' },
          { to: urls.admin.order(order.id), label: order.name },
        ]}
        title="Edit tracking"
      />
      <EditForm method="post" answer={answer}>
        <CsrfField />
        <ErrorSummary form={form} />
        <Panel title="Tracking">
          <TrackingFields form={form} />
        </Panel>
        <SaveBar>
          <button className="button button--primary" type="submit">
            Save
          </button>
          <Link className="button button--quiet" to={urls.admin.order(order.id)}>
            Back
          </Link>
        </SaveBar>
      </EditForm>
    </>
  )
}
