import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ExpiredLink } from '#app/components/expired-link.tsx'
import { NewPasswordField } from '#app/components/new-password-field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { resetPasswordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { resetPassword } from '#app/domain/accounts/change-password.server.ts'
import { findLink } from '#app/domain/mail/email-links.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { passwordRefusal } from '#app/http/session/password-refusal.server.ts'
import { redirectWithToast, noStore } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { knownDeviceCookie } from '#app/http/session/throttle-sign-in.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'link' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Reset your password', isPrivate: true })

export const headers = () => noStore

export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token!
  const link = await findLink('password-reset', token)
  return data({ token, email: link?.email ?? null }, { headers: noStore })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const token = params.token!
  const submission = await parseForm(request, resetPasswordSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { password } = submission.value
  const link = await findLink('password-reset', token)
  const refusal = await passwordRefusal(password, { email: link?.email })
  if (refusal) return formResponse(submission, refusal)
  const result = await resetPassword({ token, password })
  if (!result.ok || !link) {
    logSecurityEvent(context, 'authn_password_change_fail', { reason: 'reset-link-invalid' })
    return formResponse(submission, {
      problem: 'This link has expired or was already used. Request a new one.',
    })
  }
  logSecurityEvent(context, 'authn_password_change', { userId: link.userId, reason: 'reset' })
  // The user has proved ownership of the account, so failed attempts of others must not delay them.
  return redirectWithToast(
    urls.login(),
    { kind: 'success', text: 'Your password was changed. You can sign in now.' },
    { headers: new Headers({ 'set-cookie': await knownDeviceCookie(link.email) }) },
  )
}

export default function ResetPasswordPage() {
  const { token, email } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Reset your password</h1>
      {email === null && !answer ? (
        <ExpiredLink to={urls.forgotPassword()} label="reset your password" />
      ) : (
        <ServerForm action={urls.resetPassword(token)} answer={answer} submit="Save password" busy="Saving…">
          {email !== null && (
            <p className="soft">
              For <strong>{email}</strong>. You will be signed out on all devices.
              <input type="hidden" autoComplete="username" value={email} />
            </p>
          )}
          <NewPasswordField answer={answer} label="New password" />
        </ServerForm>
      )}
    </>
  )
}
