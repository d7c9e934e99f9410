import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { NewPasswordField } from '#app/components/new-password-field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { PasswordField } from '#app/components/password-field.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { changePasswordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { changePassword } from '#app/domain/accounts/change-password.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import { forgivePasswordTries, limitPasswordTries, wrongPassword } from '#app/http/ask-password.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { passwordRefusal } from '#app/http/password-refusal.server.ts'
import { noStore, redirectWithToast } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { browserOf, sessionCookie } from '#app/http/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your password', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const { email } = await userOf(request)
  return data({ email }, { headers: noStore })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, changePasswordSchema)
  const user = await userOf(request)
  if (submission.status !== 'success') return answerForm(submission)
  const { current, password } = submission.value
  const refusal = await passwordRefusal(password, user)
  if (refusal) return answerForm(submission, refusal)
  await limitPasswordTries(user.id)
  const { formerSessionId, userAgent } = await browserOf(request)
  const changed = await changePassword({
    ...{ userId: user.id, sessionId: formerSessionId!, current, password, userAgent },
  })
  if (!changed.ok) return answerForm(submission, wrongPassword({ context, userId: user.id }, 'current'))
  await forgivePasswordTries(user.id)
  logSecurityEvent(context, 'authn_password_change', { userId: user.id })
  return redirectWithToast(
    urls.account.security(),
    { kind: 'success', text: 'Your password is changed. All other devices are signed out.' },
    { headers: new Headers({ 'set-cookie': sessionCookie(changed.token) }) },
  )
}

export default function PasswordPage() {
  const { email } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Your password</h1>
        <p className="soft">A new one signs out all other devices. This one stays signed in.</p>
      </header>
      <ServerForm
        action={urls.account.password()}
        answer={answer}
        submit="Change the password"
        busy="Changing…"
      >
        {/* Password managers note the name of the account beside the password. */}
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <PasswordField answer={answer} name="current" label="Present password" />
        <NewPasswordField answer={answer} label="New password" />
      </ServerForm>
    </>
  )
}
