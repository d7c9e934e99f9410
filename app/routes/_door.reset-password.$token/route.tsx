import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DeadLink } from '#app/components/dead-link.tsx'
import { NewPasswordField } from '#app/components/new-password-field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { resetPasswordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { resetPassword } from '#app/domain/accounts/change-password.server.ts'
import { findLink } from '#app/domain/mail/mail-links.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { passwordRefusal } from '#app/http/password-refusal.server.ts'
import { redirectWithToast, noStore } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { knownDeviceCookie } from '#app/http/sign-in-pace.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'link' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Choose a new password', isPrivate: true })

export const headers = () => noStore

export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token!
  const link = await findLink('password-reset', token)
  return data({ token, email: link?.email ?? null }, { headers: noStore })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const token = params.token!
  const submission = await parseForm(request, resetPasswordSchema)
  if (submission.status !== 'success') return answerForm(submission)
  const { password } = submission.value
  const link = await findLink('password-reset', token)
  const refusal = await passwordRefusal(password, { email: link?.email })
  if (refusal) return answerForm(submission, refusal)
  const result = await resetPassword({ token, password })
  if (!result.ok || !link) {
    logSecurityEvent(context, 'authn_password_change_fail', { reason: 'reset-link-invalid' })
    return answerForm(submission, {
      problem: 'This link was used already, or it is too old. Ask for another one.',
      status: 409,
    })
  }
  logSecurityEvent(context, 'authn_password_change', { userId: link.userId, reason: 'reset' })
  // Whoever opened the link need not wait for what others tried on the account.
  return redirectWithToast(
    urls.login(),
    { kind: 'success', text: 'Your new password is set. You can sign in with it now.' },
    { headers: new Headers({ 'set-cookie': await knownDeviceCookie(link.email) }) },
  )
}

export default function ResetPasswordPage() {
  const { token, email } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Choose a new password</h1>
      {email === null && !answer ? (
        <DeadLink to={urls.forgotPassword()} label="choose a new password" />
      ) : (
        <ServerForm
          action={urls.resetPassword(token)}
          answer={answer}
          submit="Set the password"
          busy="Setting it…"
        >
          {email !== null && (
            <p className="soft">
              For <strong>{email}</strong>. You will be signed out everywhere.
              <input type="hidden" autoComplete="username" value={email} readOnly />
            </p>
          )}
          <NewPasswordField answer={answer} label="New password" />
        </ServerForm>
      )}
    </>
  )
}
