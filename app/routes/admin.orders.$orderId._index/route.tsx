import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DateTime } from '#app/components/date-time.tsx'
import { NoteForm } from '#app/components/admin/note-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { FulfillmentStatus, PaymentStatus } from '#app/components/admin/status-badges.tsx'
import { listRefunds } from '#app/domain/billing/refunds.server.ts'
import { can } from '#app/domain/access/access.ts'
import { listAttempts } from '#app/domain/billing/attempts.server.ts'
import { getCustomer } from '#app/domain/customers/customers.server.ts'
import { orderName, shippingAddress } from '#app/domain/orders/orders.ts'
import { canBeCanceled, canBeFulfilled, refundableAmount } from '#app/domain/orders/order-states.ts'
import { unitsToShip } from '#app/domain/orders/packing.ts'
import { markPaidSchema, noteSchema } from '#app/domain/orders/orders.schema.ts'
import { listInvoices } from '#app/domain/invoices/invoices.server.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { listPresence } from '#app/domain/orders/presence.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { listReturns } from '#app/domain/returns/returns.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { grantToVisitor } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'
import { env } from '#env'
import { CanceledNotice } from './canceled-notice.tsx'
import { DisputeNotice } from './dispute-notice.tsx'
import { CustomerPanel } from './customer-panel.tsx'
import { DocumentsPanel } from './documents-panel.tsx'
import { FulfillmentsPanel } from './fulfillments-panel.tsx'
import { LinesPanel } from './lines-panel.tsx'
import { PaymentPanel } from './payment-panel.tsx'
import { RefundsPanel } from './refunds-panel.tsx'
import { ReturnsPanel } from './returns-panel.tsx'
import { Timeline } from './timeline.tsx'
import { Presence } from './presence.tsx'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(data ? `Order ${orderName(data.order)}` : 'Order')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sessionId } = await getVisitor(request)
  const me = await requireUser(request)
  const orderId = parseId(params.orderId)
  const [order, refunds, returns, attempts, watchers, settings, invoices] = await Promise.all([
    getOrder(orderId),
    listRefunds(orderId),
    listReturns(orderId),
    listAttempts(orderId),
    listPresence(orderId, { besides: me.id }),
    getSettings(),
    listInvoices(orderId),
  ])
  const found = orNotFound(order)
  const { userId } = found.order
  const hasPage = userId !== null && can(me, 'customers') && (await getCustomer(userId)) !== null
  return {
    ...found,
    refunds,
    returns,
    attempts: attempts.map(({ url: _url, sessionId: _session, ...attempt }) => attempt),
    watchers,
    invoices,
    paymentLink: env.appOrigin + urls.order(found.order.token),
    customerId: hasPage ? userId : null,
    maySeeActivity: can(me, 'staff'),
    shipTo: addressLines(shippingAddress(found.order), orNotFound(settings).locale),
    constraints: { payment: constraintsOf(markPaidSchema), note: constraintsOf(noteSchema) },
    live: grantToVisitor(request, {
      sessionId,
      position,
      topics: [topics.order(found.order.id, found.order.version)],
    }),
  }
}

export const shouldRevalidate = revalidateOn(['order'])

export type OrderPage = Awaited<ReturnType<typeof loader>>

export default function Order() {
  const page = useLoaderData<typeof loader>()
  const { order } = page
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.orders(), label: 'Orders' }]}
        title={`Order ${orderName(order)}`}
        mark={
          <>
            <PaymentStatus order={order} />
            <FulfillmentStatus order={order} />
          </>
        }
        about={
          <>
            Placed <DateTime at={order.placedAt} as="long" />
          </>
        }
      >
        {page.maySeeActivity && (
          <Link className="button" to={urls.admin.activityOf('orders', order.id)}>
            History
          </Link>
        )}
        <a className="button" href={urls.order(order.token)}>
          View order page
        </a>
        {refundableAmount(order) > 0 && (
          <Link className="button" to={urls.admin.refundOrder(order.id)}>
            Refund
          </Link>
        )}
        {canBeCanceled(order) && (
          <Link className="button" to={urls.admin.cancelOrder(order.id)}>
            Cancel order
          </Link>
        )}
        {canBeFulfilled(order) && page.lines.some((line) => unitsToShip(line) > 0) && (
          <Link className="button button--primary" to={urls.admin.orderFulfillments(order.id)}>
            Fulfill items
          </Link>
        )}
      </PageHead>
      <Presence orderId={order.id} names={page.watchers} />
      <CanceledNotice order={order} />
      <DisputeNotice order={order} />
      <div className="columns">
        <div>
          <LinesPanel {...page} />
          <ReturnsPanel {...page} />
          <FulfillmentsPanel {...page} />
          <Panel title="Timeline">
            <NoteForm key={page.events[0]?.id ?? 0} orderId={order.id} constraint={page.constraints.note} />
            <Timeline {...page} />
          </Panel>
        </div>
        <div>
          <PaymentPanel {...page} />
          <RefundsPanel {...page} />
          <DocumentsPanel {...page} />
          <CustomerPanel {...page} />
        </div>
      </div>
    </>
  )
}
