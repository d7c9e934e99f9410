import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState } from '#app/components/empty-state.tsx'
import { MyOrders } from '#app/components/my-orders.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { isStaff } from '#app/domain/accounts/accounts.ts'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
import { listMyOrders } from '#app/domain/orders/my-orders.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { noStore, orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your account', isPrivate: true })

export const headers = () => noStore

const recent = 3

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const [profile, { orders, total }] = await Promise.all([
    getProfile(user.id),
    listMyOrders(user.id, { page: 1, limit: recent }),
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
          <h2 id="unverified">Your address is not verified yet</h2>
          <p>
            Once it is, orders that you placed without signing in show up here too.{' '}
            <Link to={urls.account.email()}>Send me the link</Link>
          </p>
        </section>
      )}
      {account.isStaff && (
        <section className="notice" aria-labelledby="staff">
          <h2 id="staff">You work here</h2>
          <p>
            <Link reloadDocument to={urls.admin.home()}>
              Open the admin
            </Link>
          </p>
          {!account.hasTwoFactor && (
            <p>
              Your account opens the shop’s books, and a password alone guards it.{' '}
              <Link to={urls.account.twoFactor()}>Add a second factor</Link>
            </p>
          )}
        </section>
      )}
      {orders.length === 0 ? (
        <EmptyState art="no orders yet" title="No orders yet">
          <p>What you order shows up here, with what is paid and what is on its way.</p>
          <p className="empty__ways">
            <Link to={urls.allProducts()} className="button button--primary">
              Look around
            </Link>
          </p>
        </EmptyState>
      ) : (
        <section aria-labelledby="recent">
          <h2 id="recent">{orders.length === 1 ? 'Your order' : 'Your latest orders'}</h2>
          <MyOrders orders={orders} level="h3" />
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
