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
import { formResponse } from '#app/http/forms/form-response.server.ts'
import {
  resetPasswordAttempts,
  limitPasswordAttempts,
  wrongPassword,
} from '#app/http/session/confirm-password.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { clientInfo, sessionCookie } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Turn off two-factor authentication', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  if (!user.hasTwoFactor) throw redirect(urls.account.twoFactor(), 303)
  return data(null, { headers: noStore })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, passwordSchema)
  const user = await requireUser(request)
  if (submission.status !== 'success') return formResponse(submission)
  await limitPasswordAttempts(user.id)
  const { formerSessionId, userAgent } = await clientInfo(request)
  const disabled = await disableTwoFactor({
    ...{ userId: user.id, sessionId: formerSessionId!, userAgent },
    password: submission.value.password,
  })
  if (!disabled.ok) return formResponse(submission, wrongPassword({ context, userId: user.id }))
  await resetPasswordAttempts(user.id)
  logSecurityEvent(context, 'user_updated', { userId: user.id, attribute: 'two-factor', to: 'off' })
  return redirectWithToast(
    urls.account.twoFactor(),
    { kind: 'info', text: 'Two-factor authentication is off. All other devices were signed out.' },
    { headers: new Headers({ 'set-cookie': sessionCookie(disabled.token) }) },
  )
}

export default function DisableTwoFactorPage() {
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Turn off two-factor authentication</h1>
        <p className="soft">
          Your password alone will be enough to sign in. Your recovery codes will stop working, and all other
          devices will be signed out. You can then delete this account from your app.
        </p>
      </header>
      <ServerForm
        action={urls.account.disableTwoFactor()}
        answer={answer}
        submit="Turn off"
        busy="One moment…"
        tone="plain"
      >
        <PasswordField answer={answer} />
      </ServerForm>
      <p>
        <Link to={urls.account.twoFactor()}>Cancel</Link>
      </p>
    </>
  )
}
