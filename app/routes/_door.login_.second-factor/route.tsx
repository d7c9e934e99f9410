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
import { startUserSession } from '#app/domain/accounts/sessions.server.ts'
import { checkSecondFactor } from '#app/domain/accounts/two-factor.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { forgiveTries, limitTries } from '#app/http/rate-limit.ts'
import { noStore } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { browserOf } from '#app/http/session.server.ts'
import { endedPendingSignIn, readPendingSignIn, redirectSignedIn } from '#app/http/signed-in.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Confirm that it is you', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await readPendingSignIn(request))) throw redirect(urls.login(), 303)
  return data(null, { headers: noStore })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, codeSchema)
  const pending = await readPendingSignIn(request)
  if (!pending) throw redirect(urls.login(), 303)
  if (submission.status !== 'success') return answerForm(submission)
  const { userId, next } = pending
  // Only somebody with the password gets here, so counting by account locks nobody out.
  await limitTries('secondFactor', String(userId))
  if (!(await checkSecondFactor({ userId, code: submission.value.code, now: new Date() }))) {
    logSecurityEvent(context, 'authn_login_fail', { userId, reason: 'two-factor' })
    return answerForm(submission, {
      problem: 'This code is not right, or it was used already. Wait for the next one and try again.',
      status: 401,
    })
  }
  await forgiveTries('secondFactor', String(userId))
  const signedIn = await startUserSession({ userId, ...(await browserOf(request)) })
  if (!signedIn) throw redirect(urls.login(), 303)
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
