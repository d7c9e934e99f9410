import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { DeadLink } from '#app/components/dead-link.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { confirmEmail } from '#app/domain/accounts/change-email.server.ts'
import { findLink } from '#app/domain/mail/mail-links.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { redirectWithToast, noStore } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'link' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Confirm your address', isPrivate: true })

export const headers = () => noStore

export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token!
  const link = await findLink('email-change', token)
  return data({ token, email: link?.email ?? null }, { headers: noStore })
}

/** Opening the link changes nothing, for mail programs open links by themselves; the button does. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, z.object({}))
  const result = await confirmEmail(params.token!)
  if (!result.ok)
    return answerForm(submission, {
      problem: 'This link was used already, or it is too old. Ask for another one.',
      status: 409,
    })
  logSecurityEvent(context, 'user_updated', { userId: result.userId, attribute: 'email' })
  return redirectWithToast(urls.account.profile(), {
    kind: 'success',
    text: `${result.email} is the address of your account.`,
  })
}

export default function ConfirmEmailPage() {
  const { token, email } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Confirm your address</h1>
      {email === null ? (
        <DeadLink to={urls.account.email()} label="change your address" />
      ) : (
        <ServerForm
          action={urls.confirmEmail(token)}
          answer={answer}
          submit="Confirm the address"
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
