import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState } from '#app/components/empty-state.tsx'
import { OrderList } from '#app/components/order-list.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { Pagination } from '#app/components/pagination.tsx'
import { listCustomersOwnOrders, myOrdersPerPage } from '#app/domain/orders/my-orders.server.ts'
import { formatCount } from '#app/domain/intl.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your orders', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const asked = new URL(request.url).searchParams.get('page') ?? '1'
  const page = /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 1
  const { orders, total } = await listCustomersOwnOrders(user.id, { page })
  return data({ orders, total, page, pages: Math.ceil(total / myOrdersPerPage) }, { headers: noStore })
}

export default function OrdersPage() {
  const { orders, total, page, pages } = useLoaderData<typeof loader>()
  if (total === 0) return <NoOrders />
  return (
    <>
      <header className="account__head">
        <h1>Your orders</h1>
        <p className="soft">{formatCount(total, 'order')}</p>
      </header>
      {orders.length > 0 ? (
        <OrderList orders={orders} />
      ) : (
        <p>
          Page {page} doesn’t exist. <Link to={urls.account.orders()}>Back to latest orders</Link>
        </p>
      )}
      <Pagination page={page} pages={pages} to={urls.account.orders} />
    </>
  )
}

function NoOrders() {
  return (
    <EmptyState art="no orders yet" title="No orders yet" level="h1">
      <p>Your orders will appear here.</p>
      <p>
        Ordered as a guest? <Link to={urls.findOrders()}>Find your order</Link> by its email address.
      </p>
      <p className="empty__ways">
        <Link to={urls.allProducts()} className="button button--primary">
          Browse products
        </Link>
      </p>
    </EmptyState>
  )
}
