import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { Field } from '#app/components/field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { fieldOf, submittedOr } from '#app/components/form-fields.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { loginSchema } from '#app/domain/accounts/accounts.schema.ts'
import { signIn } from '#app/domain/accounts/sign-in.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { authenticator } from '#app/http/session/authenticator.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { resetRateLimit } from '#app/domain/rate-limits/rate-limits.server.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { safeRedirect } from '#app/http/forms/safe-redirect.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { clientInfo, getVisitor } from '#app/http/session/session.server.ts'
import { defaultPage, redirectAfterPassword } from '#app/http/session/login-response.server.ts'
import { knownDeviceCookie, throttleSignIn } from '#app/http/session/throttle-sign-in.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'loginAddress' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) => pageMeta(matches, { title: 'Sign in', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const next = safeRedirect(new URL(request.url).searchParams.get('next'), '')
  const { user } = await getVisitor(request)
  if (user) throw redirect(next || defaultPage(user), 303)
  return data({ next }, { headers: noStore })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request.clone(), loginSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { email } = submission.value
  const who = [context.ip, email] as const
  await enforceRateLimit('login', ...who)
  const throttle = await throttleSignIn(request, email)
  const verified = await authenticator.authenticate('password', request)
  const step = verified && (await signIn({ verified, ...(await clientInfo(request)) }))
  if (!step) {
    logSecurityEvent(context, 'authn_login_fail', { reason: 'password' })
    return formResponse(submission, {
      problem: 'Incorrect email or password. Please try again.',
      status: 401,
    })
  }
  await Promise.all([resetRateLimit('login', ...who), throttle.reset()])
  if ('signedIn' in step) logSecurityEvent(context, 'authn_login_success', { userId: verified.userId })
  const next = safeRedirect(submission.value.next, defaultPage(step))
  return redirectAfterPassword(step, next, [await knownDeviceCookie(email)])
}

export default function LoginPage() {
  const { next } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Sign in</h1>
      <ServerForm action={urls.login()} answer={answer} submit="Sign in" busy="Signing in…">
        <input type="hidden" name="next" value={submittedOr(answer, 'next', next)} />
        <Field
          {...fieldOf(answer, 'email')}
          label="Email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          ask="Enter your email address."
        />
        <Field
          {...fieldOf(answer, 'password')}
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={256}
          ask="Enter your password."
        />
      </ServerForm>
      <ul className="door__ways" role="list">
        <li>
          <Link to={urls.forgotPassword()}>Forgot your password?</Link>
        </li>
        <li>
          New here? <Link to={urls.signUp()}>Create an account</Link>
        </li>
        <li>
          Ordered as a guest? <Link to={urls.findOrders()}>Find your order</Link>
        </li>
      </ul>
    </>
  )
}
