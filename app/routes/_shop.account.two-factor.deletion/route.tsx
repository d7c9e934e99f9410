import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { PasswordField } from '#app/components/password-field.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { disableTwoFactor } from '#app/domain/accounts/two-factor.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import { forgivePasswordTries, limitPasswordTries, wrongPassword } from '#app/http/ask-password.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { noStore, redirectWithToast } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { browserOf, sessionCookie } from '#app/http/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Switch off the second factor', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  if (!user.hasTwoFactor) throw redirect(urls.account.twoFactor(), 303)
  return data(null, { headers: noStore })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, passwordSchema)
  const user = await userOf(request)
  if (submission.status !== 'success') return answerForm(submission)
  await limitPasswordTries(user.id)
  const { formerSessionId, userAgent } = await browserOf(request)
  const disabled = await disableTwoFactor({
    ...{ userId: user.id, sessionId: formerSessionId!, userAgent },
    password: submission.value.password,
  })
  if (!disabled.ok) return answerForm(submission, wrongPassword({ context, userId: user.id }))
  await forgivePasswordTries(user.id)
  logSecurityEvent(context, 'user_updated', { userId: user.id, attribute: 'two-factor', to: 'off' })
  return redirectWithToast(
    urls.account.twoFactor(),
    { kind: 'info', text: 'The second factor is off. All other devices are signed out.' },
    { headers: new Headers({ 'set-cookie': sessionCookie(disabled.token) }) },
  )
}

export default function TwoFactorDeletionPage() {
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Switch off the second factor</h1>
        <p className="soft">
          Your password alone is enough to sign in then. The recovery codes stop working, your app can forget
          this account, and all other devices are signed out.
        </p>
      </header>
      <ServerForm
        action={urls.account.twoFactorDeletion()}
        answer={answer}
        submit="Switch it off"
        busy="One moment…"
        tone="plain"
      >
        <PasswordField answer={answer} />
      </ServerForm>
      <p>
        <Link to={urls.account.twoFactor()}>Keep it on</Link>
      </p>
    </>
  )
}
