import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData } from '@remix-run/react'
import { Field } from '#app/components/field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { fieldOf } from '#app/components/form-fields.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { codeSchema } from '#app/domain/accounts/accounts.schema.ts'
import { confirmSignIn } from '#app/domain/accounts/sign-in.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { resetRateLimit } from '#app/domain/rate-limits/rate-limits.server.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { clientInfo } from '#app/http/session/session.server.ts'
import {
  endedPendingSignIn,
  readPendingSignIn,
  loginResponse,
} from '#app/http/session/login-response.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'loginAddress' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Verify it’s you', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await readPendingSignIn(request))) throw redirect(urls.login(), 303)
  return data(null, { headers: noStore })
}

const refusals = {
  'wrong-code': 'This code is incorrect or was already used. Wait for the next one and try again.',
  'secret-lost':
    'Codes from your app no longer work because the store’s settings changed. Enter a recovery code, or ask the store owner for help.',
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, codeSchema)
  const pending = await readPendingSignIn(request)
  if (!pending) throw redirect(urls.login(), 303)
  if (submission.status !== 'success') return formResponse(submission)
  const { userId, pendingToken, next } = pending
  // The user has entered the password to get here, so a limit by account cannot be used to lock them out.
  await enforceRateLimit('twoFactor', String(userId))
  const { code } = submission.value
  const signedIn = await confirmSignIn({
    pendingToken,
    code,
    now: new Date(),
    ...(await clientInfo(request)),
  })
  if (!signedIn.ok) {
    logSecurityEvent(context, 'authn_login_fail', { userId, reason: 'two-factor' })
    if (signedIn.reason === 'expired') throw redirect(urls.login(), 303)
    return formResponse(submission, { problem: refusals[signedIn.reason], status: 401 })
  }
  await resetRateLimit('twoFactor', String(userId))
  logSecurityEvent(context, 'authn_login_success', { userId, factors: 2 })
  return loginResponse(signedIn, next, [await endedPendingSignIn()])
}

export default function TwoFactorPage() {
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Verify it’s you</h1>
      <p className="soft">Enter the code from your authenticator app.</p>
      <ServerForm action={urls.twoFactorSignIn()} answer={answer} submit="Confirm" busy="Checking…">
        <Field
          {...fieldOf(answer, 'code')}
          label="Code"
          type="text"
          inputMode="text"
          autoComplete="one-time-code"
          autoFocus
          required
          maxLength={40}
          spellCheck={false}
          hint="Six digits. No phone? Enter a recovery code."
          ask="Enter the code."
        />
      </ServerForm>
      <p className="door__ways">
        <Link to={urls.login()}>Back to sign in</Link>
      </p>
    </>
  )
}
