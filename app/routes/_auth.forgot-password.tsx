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
  pageMeta(matches, { title: 'Reset your password', isPrivate: true })

export const headers = () => noStore

export const action = (asked: ActionFunctionArgs) => emailRequestAction('password-reset', asked)

export default function ForgotPasswordPage() {
  const shop = useShop()
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Reset your password</h1>
      <p className="soft">
        Enter your account’s email address.{shop?.sendsEmail && ' We’ll email you a reset link.'}
      </p>
      <EmailForm action={urls.forgotPassword()} answer={answer} wanted="a link" isAccount />
      <p className="door__ways">
        <Link to={urls.login()}>Back to sign in</Link>
      </p>
    </>
  )
}
