import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { ExpiredLink } from '#app/components/expired-link.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { confirmEmail } from '#app/domain/accounts/change-email.server.ts'
import { findLink } from '#app/domain/mail/email-links.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast, noStore } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'link' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Confirm your email', isPrivate: true })

export const headers = () => noStore

export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token!
  const link = await findLink('email-change', token)
  return data({ token, email: link?.email ?? null }, { headers: noStore })
}

/** Opening the link changes nothing, because email clients prefetch links; the button does. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, z.object({}))
  const result = await confirmEmail(params.token!)
  if (!result.ok)
    return formResponse(submission, {
      problem: 'This link has expired or was already used. Request a new one.',
    })
  logSecurityEvent(context, 'user_updated', { userId: result.userId, attribute: 'email' })
  return redirectWithToast(urls.account.profile(), {
    kind: 'success',
    text: `${result.email} is now confirmed.`,
  })
}

export default function ConfirmEmailPage() {
  const { token, email } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Confirm your email</h1>
      {email === null ? (
        <ExpiredLink to={urls.account.email()} label="change your email" />
      ) : (
        <ServerForm
          action={urls.confirmEmail(token)}
          answer={answer}
          submit="Confirm email"
          busy="Confirming…"
        >
          <p>
            Use <strong>{email}</strong> for your account.
          </p>
        </ServerForm>
      )}
    </>
  )
}
