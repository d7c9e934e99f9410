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
import { fieldOf, ServerForm } from '#app/components/server-form.tsx'
import { loginSchema } from '#app/domain/accounts/accounts.schema.ts'
import { signIn } from '#app/domain/accounts/sign-in.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import { authenticator } from '#app/http/authenticator.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { forgiveTries, limitTries } from '#app/http/rate-limit.ts'
import { noStore } from '#app/http/respond.server.ts'
import { safeRedirect } from '#app/http/safe-redirect.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { browserOf, getVisitor } from '#app/http/session.server.ts'
import { homeOf, redirectAfterPassword } from '#app/http/signed-in.server.ts'
import { knownDeviceCookie, paceSignIn } from '#app/http/sign-in-pace.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'loginAddress' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) => pageMeta(matches, { title: 'Sign in', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const next = safeRedirect(new URL(request.url).searchParams.get('next'), '')
  const { user } = await getVisitor(request)
  if (user) throw redirect(next || homeOf(user), 303)
  return data({ next }, { headers: noStore })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request.clone(), loginSchema)
  if (submission.status !== 'success') return answerForm(submission)
  const { email } = submission.value
  const who = [context.ip, email] as const
  await limitTries('login', ...who)
  const pace = await paceSignIn(request, email)
  const verified = await authenticator.authenticate('password', request)
  const step = verified && (await signIn({ verified, ...(await browserOf(request)) }))
  if (!step) {
    logSecurityEvent(context, 'authn_login_fail', { reason: 'password' })
    return answerForm(submission, {
      problem: 'The e-mail address or the password is not right. Please try again.',
      status: 401,
    })
  }
  await Promise.all([forgiveTries('login', ...who), pace.forgive()])
  if ('signedIn' in step) logSecurityEvent(context, 'authn_login_success', { userId: verified.userId })
  const next = safeRedirect(submission.value.next, homeOf(step))
  return redirectAfterPassword(step, next, [await knownDeviceCookie(email)])
}

export default function LoginPage() {
  const { next } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Sign in</h1>
      <ServerForm action={urls.login()} answer={answer} submit="Sign in" busy="Signing in…">
        <input type="hidden" name="next" value={answer?.typed.next ?? next} />
        <Field
          {...fieldOf(answer, 'email')}
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          ask="Enter your e-mail address."
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
          <Link to={urls.forgotPassword()}>I do not know my password any more</Link>
        </li>
        <li>
          New here? <Link to={urls.signUp()}>Create an account</Link>
        </li>
        <li>
          Ordered without an account? <Link to={urls.findOrders()}>Find your order</Link>
        </li>
      </ul>
    </>
  )
}
