import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import type { Column } from '#app/components/admin/data-table.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { oneOf, pageOf, queryOf, withParams } from '#app/components/admin/list-params.ts'
import { DateTime } from '#app/components/date-time.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { FulfillmentStatus, PaymentStatus } from '#app/components/admin/status-badges.tsx'
import { useMoney } from '#app/components/shop.ts'
import { countDrafts } from '#app/domain/drafts/drafts.server.ts'
import {
  countOrders,
  listOrders,
  type OrderFilter,
  type OrderSort,
  ordersPerPage,
} from '#app/domain/orders/list-orders.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { grantToVisitor } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'
import { NewOrders } from './new-orders.tsx'
import { PackingSlipsForm, SelectOrder } from './packing-slips-form.tsx'
import { useFrozenRows } from '#app/components/admin/use-frozen-rows.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Orders')

const filters = [
  'all',
  'open',
  'unpaid',
  'unfulfilled',
  'returns',
  'canceled',
] as const satisfies OrderFilter[]
const sorts = ['newest', 'oldest', 'total-descending', 'total-ascending'] as const satisfies OrderSort[]

export async function loader({ request }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sessionId } = await getVisitor(request)
  const params = new URL(request.url).searchParams
  const asked = {
    filter: oneOf(filters, params.get('show')),
    sort: oneOf(sorts, params.get('sort')),
    query: queryOf(params),
    page: pageOf(params),
  }
  const [list, counts, drafts] = await Promise.all([listOrders(asked), countOrders(), countDrafts()])
  const live = grantToVisitor(request, { sessionId, position, topics: [topics.admin] })
  return { ...list, counts, openDrafts: drafts.open, asked, perPage: ordersPerPage, live }
}

export const shouldRevalidate = revalidateOn(['admin'])

type OrderRow = Awaited<ReturnType<typeof loader>>['orders'][number]

const filterLabels = {
  all: 'All',
  open: 'Open',
  unpaid: 'Awaiting payment',
  unfulfilled: 'To fulfill',
  returns: 'Open returns',
  canceled: 'Canceled',
} satisfies Record<OrderFilter, string>

export default function Orders() {
  const { orders, total, counts, openDrafts, asked, perPage } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const still = useFrozenRows(orders, counts.all)
  const columns = useColumns(asked.sort, params)
  if (counts.all === 0) return <NoOrders />
  return (
    <ListPage
      title="Orders"
      actions={
        <>
          <Link className="button" to={urls.admin.invoices()}>
            Invoices
          </Link>
          <NewOrders count={still.newCount} params={params} />
          <Link className="button" to={urls.admin.drafts()}>
            Drafts
            {openDrafts > 0 && <span className="tabs__count">{openDrafts}</span>}
          </Link>
          <CreateOrder />
        </>
      }
      tabs={{
        name: 'Filter orders',
        values: filters,
        labels: filterLabels,
        countOf: (filter) => counts[filter],
        current: asked.filter,
      }}
      search={{
        query: asked.query,
        label: 'Search orders by number, name, email address, SKU or tracking number',
        placeholder: 'Number, name, email, SKU, tracking',
        keep: {
          show: asked.filter === 'all' ? null : asked.filter,
          sort: asked.sort === 'newest' ? null : asked.sort,
        },
      }}
      filters={still.rows.length > 0 && <PackingSlipsForm />}
      rows={still.rows}
      columns={columns}
      empty={{
        title: asked.query ? 'No orders match' : 'No orders',
        children: (
          <>
            <p>
              {asked.query
                ? 'Try the order number, part of the name, or a whole SKU or tracking number.'
                : 'No orders with this status.'}
            </p>
            <Link className="button" to={urls.admin.orders()}>
              Show all orders
            </Link>
          </>
        ),
      }}
      pages={{ page: asked.page, perPage, total, noun: ['order', 'orders'] }}
    />
  )
}

function useColumns(sort: OrderSort, params: URLSearchParams): Column<OrderRow>[] {
  const money = useMoney()
  return [
    {
      label: 'Order',
      isHead: true,
      isNarrow: true,
      cell: (order) => (
        <span className="selectable">
          <SelectOrder order={order} />
          <Link className="list__link" to={urls.admin.order(order.id)}>
            {orderName(order)}
          </Link>
        </span>
      ),
    },
    {
      label: 'Placed',
      isNarrow: true,
      sort: {
        to: withParams(params, { sort: sort === 'newest' ? 'oldest' : null }),
        direction: sort === 'newest' ? 'descending' : sort === 'oldest' ? 'ascending' : null,
      },
      cell: (order) => <DateTime at={order.placedAt} />,
    },
    {
      label: 'Customer',
      isWide: true,
      cell: (order) => (
        <>
          <span dir="auto">{order.name}</span>
          <span className="sub">{order.email}</span>
        </>
      ),
    },
    { label: 'Payment', isNarrow: true, cell: (order) => <PaymentStatus order={order} /> },
    { label: 'Fulfillment', isNarrow: true, cell: (order) => <FulfillmentStatus order={order} /> },
    { label: 'Items', isNumber: true, isNarrow: true, cell: (order) => order.itemCount },
    {
      label: 'Total',
      isNumber: true,
      isNarrow: true,
      sort: {
        to: withParams(params, {
          sort: sort === 'total-descending' ? 'total-ascending' : 'total-descending',
        }),
        direction:
          sort === 'total-descending' ? 'descending' : sort === 'total-ascending' ? 'ascending' : null,
      },
      cell: (order) => money(order.total),
    },
  ]
}

function CreateOrder() {
  return (
    <Link className="button button--primary" to={urls.admin.newDraft()}>
      Create order
    </Link>
  )
}

function NoOrders() {
  return (
    <ListPage
      title="Orders"
      actions={
        <>
          <Link className="button" to={urls.admin.drafts()}>
            Drafts
          </Link>
          <CreateOrder />
        </>
      }
      rows={[]}
      columns={[]}
      empty={{
        icon: 'orders',
        title: 'No orders yet',
        children: (
          <>
            <p>New orders appear here. Place a test order to try it.</p>
            <a className="button" href={urls.home()}>
              View store
            </a>
          </>
        ),
      }}
    />
  )
}
