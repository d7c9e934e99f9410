import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData } from '@remix-run/react'
import { EmailForm } from '#app/components/email-form.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { useShop } from '#app/components/shop.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { emailRequestAction } from '#app/http/forms/email-request-action.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Find your order', isPrivate: true })

export const headers = () => noStore

export const action = (asked: ActionFunctionArgs) => emailRequestAction('order-links', asked)

export default function FindOrdersPage() {
  const shop = useShop()
  const answer = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <header className="page-head">
        <h1>Find your order</h1>
        <p className="soft">
          Enter the email you ordered with.{shop?.sendsEmail && ' We’ll email you links to your orders.'}
        </p>
      </header>
      <EmailForm action={urls.findOrders()} answer={answer} wanted="the links" />
      <p className="door__ways">
        Already have an account? <Link to={urls.account.orders()}>View all your orders</Link>
      </p>
    </div>
  )
}
