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
import { fieldOf, ServerForm } from '#app/components/server-form.tsx'
import { codeSchema } from '#app/domain/accounts/accounts.schema.ts'
import { confirmSignIn } from '#app/domain/accounts/sign-in.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { forgiveTries, limitTries } from '#app/http/rate-limit.ts'
import { noStore } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { browserOf } from '#app/http/session.server.ts'
import { endedPendingSignIn, readPendingSignIn, redirectSignedIn } from '#app/http/signed-in.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'loginAddress' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Confirm that it is you', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await readPendingSignIn(request))) throw redirect(urls.login(), 303)
  return data(null, { headers: noStore })
}

const refusals = {
  'wrong-code': 'This code is not right, or it was used already. Wait for the next one and try again.',
  'secret-lost':
    'Codes of your app cannot be checked any more, because the settings of the shop were changed. Enter one of your recovery codes, or ask the person who runs the shop for help.',
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, codeSchema)
  const pending = await readPendingSignIn(request)
  if (!pending) throw redirect(urls.login(), 303)
  if (submission.status !== 'success') return answerForm(submission)
  const { userId, pendingToken, next } = pending
  // Only somebody with the password gets here, so counting by account locks nobody out.
  await limitTries('secondFactor', String(userId))
  const { code } = submission.value
  const signedIn = await confirmSignIn({ pendingToken, code, now: new Date(), ...(await browserOf(request)) })
  if (!signedIn.ok) {
    logSecurityEvent(context, 'authn_login_fail', { userId, reason: 'two-factor' })
    if (signedIn.reason === 'expired') throw redirect(urls.login(), 303)
    return answerForm(submission, { problem: refusals[signedIn.reason], status: 401 })
  }
  await forgiveTries('secondFactor', String(userId))
  logSecurityEvent(context, 'authn_login_success', { userId, factors: 2 })
  return redirectSignedIn(signedIn, next, [await endedPendingSignIn()])
}

export default function SecondFactorPage() {
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Confirm that it is you</h1>
      <p className="soft">Open your authenticator app and enter the code that it shows for this shop.</p>
      <ServerForm action={urls.secondFactor()} answer={answer} submit="Confirm" busy="Checking…">
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
          hint="Six digits. Without your phone, enter one of your recovery codes."
          ask="Enter the code."
        />
      </ServerForm>
      <p className="door__ways">
        <Link to={urls.login()}>Back to signing in</Link>
      </p>
    </>
  )
}
