import type { MetaFunction } from '@remix-run/node'
import { Link } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { noStore } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Look into your mail', isPrivate: true })

export const headers = () => noStore

/** After every form that answers by mail: it never tells who has an account or an order here. */
export default function CheckYourMailPage() {
  return (
    <>
      <h1>Look into your mail</h1>
      <p>
        If there is something for this address, it arrives within a minute or two. The link in it leads on; it
        works once, and for a limited time.
      </p>
      <h2>Nothing there?</h2>
      <ul>
        <li>Look where your mail program keeps what it takes for advertising.</li>
        <li>
          Is the address right? <Link to={urls.signUp()}>Create an account</Link>,{' '}
          <Link to={urls.forgotPassword()}>choose a new password</Link> or{' '}
          <Link to={urls.findOrders()}>find your order</Link> once more.
        </li>
      </ul>
    </>
  )
}
