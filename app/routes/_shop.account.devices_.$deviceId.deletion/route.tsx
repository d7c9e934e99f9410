import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { PasswordField } from '#app/components/password-field.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { browserName } from '#app/domain/accounts/browser-name.ts'
import { getDevice } from '#app/domain/accounts/sessions.server.ts'
import { signOutDevice } from '#app/domain/accounts/sign-out-devices.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import { forgivePasswordTries, limitPasswordTries, wrongPassword } from '#app/http/ask-password.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Sign out a device', isPrivate: true })

export const headers = () => noStore

export async function loader({ request, params }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const { id, userAgent } = orNotFound(await getDevice({ userId: user.id, sessionId: idOf(params.deviceId) }))
  return data({ id, name: browserName(userAgent) }, { headers: noStore })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, passwordSchema)
  const user = await userOf(request)
  const { id } = orNotFound(await getDevice({ userId: user.id, sessionId: idOf(params.deviceId) }))
  if (submission.status !== 'success') return answerForm(submission)
  await limitPasswordTries(user.id)
  const { password } = submission.value
  const ended = await signOutDevice({ userId: user.id, sessionId: id, password })
  if (!ended.ok) return answerForm(submission, wrongPassword({ context, userId: user.id }))
  await forgivePasswordTries(user.id)
  logSecurityEvent(context, 'session_expired', { userId: user.id, reason: 'ended-by-user' })
  return redirectWithToast(urls.account.devices(), { kind: 'success', text: 'The device is signed out.' })
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
        action={urls.account.deviceDeletion(id)}
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
