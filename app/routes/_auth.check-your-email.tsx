import type { MetaFunction } from '@remix-run/node'
import { Link } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { useShop } from '#app/components/shop.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Check your email', isPrivate: true })

export const headers = () => noStore

/** After every form that is answered by email: never reveals whether an account or order exists. */
export default function CheckYourEmailPage() {
  const shop = useShop()
  if (shop && !shop.sendsEmail) return <NoEmailService contactEmail={shop.contactEmail} />
  return (
    <>
      <h1>Check your email</h1>
      <p>
        If there’s an account or order for this address, a link will arrive within a few minutes. It works
        once and for a limited time.
      </p>
      <h2>No email?</h2>
      <ul>
        <li>Check your spam folder.</li>
        <li>
          Is the address correct? <Link to={urls.signUp()}>Create an account</Link>,{' '}
          <Link to={urls.forgotPassword()}>reset your password</Link> or{' '}
          <Link to={urls.findOrders()}>find your order</Link> again.
        </li>
      </ul>
    </>
  )
}

/** Nothing was sent. The owner can read the link in the admin and pass it on. */
function NoEmailService({ contactEmail }: { contactEmail: string }) {
  return (
    <>
      <h1>Request received</h1>
      <p>
        This store doesn’t send emails yet, so nothing will arrive in your inbox. Write to{' '}
        <a href={`mailto:${contactEmail}`}>{contactEmail}</a>: if there’s a link for your address, we can send
        it to you.
      </p>
      <p className="door__ways">
        <Link to={urls.home()}>Continue shopping</Link>
      </p>
    </>
  )
}
