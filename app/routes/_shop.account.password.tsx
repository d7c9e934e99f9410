import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { NewPasswordField } from '#app/components/new-password-field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { PasswordField } from '#app/components/password-field.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { changePasswordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { changePassword } from '#app/domain/accounts/change-password.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import {
  resetPasswordAttempts,
  limitPasswordAttempts,
  wrongPassword,
} from '#app/http/session/confirm-password.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { passwordRefusal } from '#app/http/session/password-refusal.server.ts'
import { noStore, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { clientInfo, sessionCookie } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your password', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const { email } = await requireUser(request)
  return data({ email }, { headers: noStore })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, changePasswordSchema)
  const user = await requireUser(request)
  if (submission.status !== 'success') return formResponse(submission)
  const { current, password } = submission.value
  const refusal = await passwordRefusal(password, user)
  if (refusal) return formResponse(submission, refusal)
  await limitPasswordAttempts(user.id)
  const { formerSessionId, userAgent } = await clientInfo(request)
  const changed = await changePassword({
    ...{ userId: user.id, sessionId: formerSessionId!, current, password, userAgent },
  })
  if (!changed.ok) return formResponse(submission, wrongPassword({ context, userId: user.id }, 'current'))
  await resetPasswordAttempts(user.id)
  logSecurityEvent(context, 'authn_password_change', { userId: user.id })
  return redirectWithToast(
    urls.account.security(),
    { kind: 'success', text: 'Password changed. All other devices were signed out.' },
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
        <p className="soft">Changing your password signs out all other devices.</p>
      </header>
      <ServerForm action={urls.account.password()} answer={answer} submit="Change password" busy="Changing…">
        {/* Lets password managers store the account name with the password. */}
        <input type="hidden" autoComplete="username" value={email} />
        <PasswordField answer={answer} name="current" label="Current password" />
        <NewPasswordField answer={answer} label="New password" />
      </ServerForm>
    </>
  )
}
