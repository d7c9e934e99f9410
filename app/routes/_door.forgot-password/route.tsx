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
  pageMeta(matches, { title: 'Choose a new password', isPrivate: true })

export const headers = () => noStore

export const action = (asked: ActionFunctionArgs) => answerByMail('password-reset', asked)

export default function ForgotPasswordPage() {
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Choose a new password</h1>
      <p className="soft">
        Enter the address of your account. We write to it, and the link in the mail leads to a new password.
      </p>
      <MailForm action={urls.forgotPassword()} answer={answer} submit="Send me the link" isAccount />
      <p className="door__ways">
        <Link to={urls.login()}>Back to signing in</Link>
      </p>
    </>
  )
}
