import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Moment } from '#app/components/moment.tsx'
import { NoteForm } from '#app/components/admin/note-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { reloadsOn } from '#app/components/live/reloads-on.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { FulfilmentStatus, PaymentStatus } from '#app/components/admin/states.tsx'
import { mayUse } from '#app/domain/accounts/access.ts'
import { getCustomer } from '#app/domain/accounts/customers.server.ts'
import { canBeCancelled, canBeFulfilled, orderName } from '#app/domain/orders/orders.ts'
import { markPaidSchema, noteSchema } from '#app/domain/orders/orders.schema.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { listWatchers } from '#app/domain/orders/watchers.server.ts'
import { livePosition } from '#app/domain/realtime/the-hub.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { countryName } from '#app/domain/shipping/countries.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import { grantToVisitor } from '#app/http/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { getVisitor } from '#app/http/session.server.ts'
import { urls } from '#app/urls.ts'
import { CustomerPanel } from './customer-panel.tsx'
import { FulfilmentsPanel } from './fulfilments-panel.tsx'
import { LinesPanel } from './lines-panel.tsx'
import { PaymentPanel } from './payment-panel.tsx'
import { Timeline } from './timeline.tsx'
import { Watchers } from './watchers.tsx'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(data ? `Order ${orderName(data.order)}` : 'Order')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sessionId } = await getVisitor(request)
  const me = await userOf(request)
  const orderId = idOf(params.orderId)
  const [order, watchers] = await Promise.all([getOrder(orderId), listWatchers(orderId, { besides: me.id })])
  const found = orNotFound(order)
  const { userId } = found.order
  const hasPage = userId !== null && mayUse(me, 'customers') && (await getCustomer(userId)) !== null
  return {
    ...found,
    watchers,
    customerId: hasPage ? userId : null,
    maySeeActivity: mayUse(me, 'staff'),
    // Named here: a browser may know a country by another name.
    country: countryName(found.order.shipCountry, 'en'),
    constraints: { payment: constraintsOf(markPaidSchema), note: constraintsOf(noteSchema) },
    live: grantToVisitor(request, {
      sessionId,
      position,
      topics: [topics.order(found.order.id, found.order.version)],
    }),
  }
}

export const shouldRevalidate = reloadsOn(['order'])

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
            <FulfilmentStatus order={order} />
          </>
        }
        about={
          <>
            Placed <Moment at={order.placedAt} as="long" />
          </>
        }
      >
        {page.maySeeActivity && (
          <Link className="button" to={urls.admin.activityOf('orders', order.id)}>
            History
          </Link>
        )}
        <a className="button" href={urls.order(order.token)}>
          See the receipt
        </a>
        {canBeCancelled(order) && (
          <Link className="button" to={urls.admin.orderCancellation(order.id)}>
            Cancel
          </Link>
        )}
        {canBeFulfilled(order) && (
          <Link className="button button--primary" to={urls.admin.orderFulfilments(order.id)}>
            Fulfil items
          </Link>
        )}
      </PageHead>
      <Watchers orderId={order.id} names={page.watchers} />
      {order.cancelledAt && (
        <div className="notice notice--warn error-summary">
          <p>
            Cancelled <Moment at={order.cancelledAt} as="long" />. Its stock went back
            {order.paymentState === 'paid' && ', and what was received has to be paid back'}.
          </p>
        </div>
      )}
      <div className="columns">
        <div>
          <LinesPanel {...page} />
          <FulfilmentsPanel {...page} />
          <Panel title="Timeline">
            <NoteForm key={page.events[0]?.id ?? 0} orderId={order.id} constraint={page.constraints.note} />
            <Timeline {...page} />
          </Panel>
        </div>
        <div>
          <PaymentPanel {...page} />
          <CustomerPanel {...page} />
        </div>
      </div>
    </>
  )
}
