import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { PasswordField } from '#app/components/password-field.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { signOutOtherDevices } from '#app/domain/accounts/sign-out-devices.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import {
  resetPasswordAttempts,
  limitPasswordAttempts,
  wrongPassword,
} from '#app/http/session/confirm-password.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { signedInVisitor } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Sign out all other devices', isPrivate: true })

export const headers = () => noStore

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, passwordSchema)
  const { user, sessionId } = await signedInVisitor(request)
  if (submission.status !== 'success') return formResponse(submission)
  await limitPasswordAttempts(user.id)
  const { password } = submission.value
  const ended = await signOutOtherDevices({ userId: user.id, sessionId, password })
  if (!ended.ok) return formResponse(submission, wrongPassword({ context, userId: user.id }))
  await resetPasswordAttempts(user.id)
  logSecurityEvent(context, 'session_expired', { userId: user.id, reason: 'all-others-ended-by-user' })
  return redirectWithToast(urls.account.devices(), {
    kind: 'success',
    text: 'All other devices were signed out.',
  })
}

export default function SignOutOtherDevicesPage() {
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Sign out all other devices</h1>
        <p className="soft">You stay signed in on this device.</p>
      </header>
      <ServerForm
        action={urls.account.deleteOtherDevices()}
        answer={answer}
        submit="Sign out all other devices"
        busy="Signing out…"
      >
        <PasswordField answer={answer} />
      </ServerForm>
      <p>
        <Link to={urls.account.devices()}>Cancel</Link>
      </p>
    </>
  )
}
