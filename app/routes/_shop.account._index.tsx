import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState } from '#app/components/empty-state.tsx'
import { OrderList } from '#app/components/order-list.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { isStaff } from '#app/domain/access/roles.ts'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
import { listCustomersOwnOrders } from '#app/domain/orders/my-orders.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your account', isPrivate: true })

export const headers = () => noStore

const recent = 3

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const [profile, { orders, total }] = await Promise.all([
    getProfile(user.id),
    listCustomersOwnOrders(user.id, { page: 1, limit: recent }),
  ])
  const { name, email, emailVerifiedAt } = orNotFound(profile)
  return data(
    {
      ...{ name, email, orders, total },
      isVerified: emailVerifiedAt !== null,
      isStaff: isStaff(user),
      hasTwoFactor: user.hasTwoFactor,
    },
    { headers: noStore },
  )
}

export default function AccountPage() {
  const { name, email, orders, total, ...account } = useLoaderData<typeof loader>()
  return (
    <>
      <header className="account__head">
        <h1 dir="auto">Hello, {name.split(' ')[0]}</h1>
        <p className="soft">{email}</p>
      </header>
      {!account.isVerified && (
        <section className="notice notice--warn" aria-labelledby="unverified">
          <h2 id="unverified">Verify your email</h2>
          <p>
            Verify your email to see your guest orders. <Link to={urls.account.email()}>Email me a link</Link>
          </p>
        </section>
      )}
      {account.isStaff && (
        <section className="notice" aria-labelledby="staff">
          <h2 id="staff">Staff account</h2>
          <p>
            <Link reloadDocument to={urls.admin.home()}>
              Open the admin
            </Link>
          </p>
          {!account.hasTwoFactor && (
            <p>
              Protect your staff account with two-factor authentication.{' '}
              <Link to={urls.account.twoFactor()}>Set up two-factor authentication</Link>
            </p>
          )}
        </section>
      )}
      {orders.length === 0 ? (
        <EmptyState art="no orders yet" title="No orders yet">
          <p>Your orders will appear here.</p>
          <p className="empty__ways">
            <Link to={urls.allProducts()} className="button button--primary">
              Browse products
            </Link>
          </p>
        </EmptyState>
      ) : (
        <section aria-labelledby="recent">
          <h2 id="recent">{orders.length === 1 ? 'Your order' : 'Recent orders'}</h2>
          <OrderList orders={orders} level="h3" />
          {total > orders.length && (
            <p>
              <Link to={urls.account.orders()}>All {total} orders</Link>
            </p>
          )}
        </section>
      )}
    </>
  )
}
