import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ExpiredLink } from '#app/components/expired-link.tsx'
import { Field } from '#app/components/field.tsx'
import { NewPasswordField } from '#app/components/new-password-field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { fieldOf } from '#app/components/form-fields.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { newAccountSchema } from '#app/domain/accounts/accounts.schema.ts'
import { signUp, type SignUpResult } from '#app/domain/accounts/sign-up.server.ts'
import { findLink } from '#app/domain/mail/email-links.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { passwordRefusal } from '#app/http/session/password-refusal.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { clientInfo } from '#app/http/session/session.server.ts'
import { loginResponse } from '#app/http/session/login-response.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'link' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Create an account', isPrivate: true })

export const headers = () => noStore

export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token!
  const link = await findLink('sign-up', token)
  return data({ token, email: link?.email ?? null }, { headers: noStore })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const token = params.token!
  const submission = await parseForm(request, newAccountSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { name, password } = submission.value
  const link = await findLink('sign-up', token)
  const refusal = await passwordRefusal(password, { name, email: link?.email })
  if (refusal) return formResponse(submission, refusal)
  const result = await signUp({ token, name, password, ...(await clientInfo(request)) })
  if (!result.ok) return formResponse(submission, { problem: refusals[result.reason] })
  logSecurityEvent(context, 'user_created', { userId: result.userId })
  return loginResponse(result, urls.account.home())
}

const refusals = {
  'link-invalid': 'This link has expired or was already used. Request a new one.',
  'already-registered': 'An account with this email address already exists. Sign in instead.',
} satisfies Record<Extract<SignUpResult, { ok: false }>['reason'], string>

export default function NewAccountPage() {
  const { token, email } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Create an account</h1>
      {email === null && !answer ? (
        <ExpiredLink to={urls.signUp()} label="create an account" />
      ) : (
        <ServerForm action={urls.signUpToken(token)} answer={answer} submit="Create account" busy="Creating…">
          {email !== null && (
            <p className="soft">
              For <strong>{email}</strong>
              {/* Lets password managers store the account name with the password. */}
              <input type="hidden" autoComplete="username" value={email} />
            </p>
          )}
          <Field
            {...fieldOf(answer, 'name')}
            label="Your name"
            autoComplete="name"
            required
            maxLength={120}
            ask="Enter your name."
          />
          <NewPasswordField answer={answer} label="Password" />
        </ServerForm>
      )}
    </>
  )
}
