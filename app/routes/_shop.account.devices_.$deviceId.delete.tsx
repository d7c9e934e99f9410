import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { PasswordField } from '#app/components/password-field.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { browserName } from '#app/domain/accounts/browser-name.ts'
import { getDevice } from '#app/domain/accounts/sessions.server.ts'
import { signOutDevice } from '#app/domain/accounts/sign-out-devices.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import {
  resetPasswordAttempts,
  limitPasswordAttempts,
  wrongPassword,
} from '#app/http/session/confirm-password.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Sign out a device', isPrivate: true })

export const headers = () => noStore

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const { id, userAgent } = orNotFound(
    await getDevice({ userId: user.id, sessionId: parseId(params.deviceId) }),
  )
  return data({ id, name: browserName(userAgent) }, { headers: noStore })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, passwordSchema)
  const user = await requireUser(request)
  const { id } = orNotFound(await getDevice({ userId: user.id, sessionId: parseId(params.deviceId) }))
  if (submission.status !== 'success') return formResponse(submission)
  await limitPasswordAttempts(user.id)
  const { password } = submission.value
  const ended = await signOutDevice({ userId: user.id, sessionId: id, password })
  if (!ended.ok) return formResponse(submission, wrongPassword({ context, userId: user.id }))
  await resetPasswordAttempts(user.id)
  logSecurityEvent(context, 'session_expired', { userId: user.id, reason: 'ended-by-user' })
  return redirectWithToast(urls.account.devices(), { kind: 'success', text: 'Device signed out.' })
}

export default function SignOutDevicePage() {
  const { id, name } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Sign out {name}</h1>
        <p className="soft">If it is not yours, change your password as well.</p>
      </header>
      <ServerForm
        action={urls.account.deleteDevice(id)}
        answer={answer}
        submit={`Sign out ${name}`}
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
