import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData } from '@remix-run/react'
import { MailForm } from '#app/components/mail-form.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { answerByMail } from '#app/http/mailed.server.ts'
import { noStore } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Where is my order?', isPrivate: true })

export const headers = () => noStore

export const action = (asked: ActionFunctionArgs) => answerByMail('order-links', asked)

export default function FindOrdersPage() {
  const answer = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <header className="page-head">
        <h1>Where is my order?</h1>
        <p className="soft">
          Enter the address that you ordered with. We send it the links to your orders, where you see what is
          paid and what is on its way.
        </p>
      </header>
      <MailForm action={urls.findOrders()} answer={answer} submit="Send me the links" />
      <p className="door__ways">
        You have an account? <Link to={urls.account.orders()}>See all your orders</Link>
      </p>
    </div>
  )
}
