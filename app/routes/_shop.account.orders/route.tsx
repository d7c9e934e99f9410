import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState } from '#app/components/empty-state.tsx'
import { MyOrders } from '#app/components/my-orders.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { Paging } from '#app/components/paging.tsx'
import { listMyOrders, myOrdersPerPage } from '#app/domain/orders/my-orders.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { noStore } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your orders', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const asked = new URL(request.url).searchParams.get('page') ?? '1'
  const page = /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 1
  const { orders, total } = await listMyOrders(user.id, { page })
  return data({ orders, total, page, pages: Math.ceil(total / myOrdersPerPage) }, { headers: noStore })
}

export default function OrdersPage() {
  const { orders, total, page, pages } = useLoaderData<typeof loader>()
  if (total === 0) return <NoOrders />
  return (
    <>
      <header className="account__head">
        <h1>Your orders</h1>
        <p className="soft">{total === 1 ? '1 order' : `${total} orders`}</p>
      </header>
      {orders.length > 0 ? (
        <MyOrders orders={orders} />
      ) : (
        <p>
          There is no page {page}. <Link to={urls.account.orders()}>Back to the newest</Link>
        </p>
      )}
      <Paging page={page} pages={pages} to={urls.account.orders} />
    </>
  )
}

function NoOrders() {
  return (
    <EmptyState art="no orders yet" title="No orders yet" level="h1">
      <p>What you order shows up here, with what is paid and what is on its way.</p>
      <p>
        Ordered without signing in? <Link to={urls.findOrders()}>Find the order</Link> by its e-mail address.
      </p>
      <p className="empty__ways">
        <Link to={urls.allProducts()} className="button button--primary">
          Look around
        </Link>
      </p>
    </EmptyState>
  )
}
