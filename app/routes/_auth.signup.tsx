import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData } from '@remix-run/react'
import { EmailForm } from '#app/components/email-form.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { useShop } from '#app/components/shop.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { emailRequestAction } from '#app/http/forms/email-request-action.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Create an account', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await getVisitor(request)
  if (user) throw redirect(urls.account.home(), 303)
  return data(null, { headers: noStore })
}

export const action = (asked: ActionFunctionArgs) => emailRequestAction('sign-up', asked)

export default function SignUpPage() {
  const shop = useShop()
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Create an account</h1>
      <p className="soft">
        See your orders, addresses and cart on every device.
        {shop?.sendsEmail && ' We’ll email you a link to confirm your address.'}
      </p>
      <EmailForm action={urls.signUp()} answer={answer} wanted="a link" />
      <p className="door__ways">
        Already have an account? <Link to={urls.login()}>Sign in</Link>
      </p>
    </>
  )
}
