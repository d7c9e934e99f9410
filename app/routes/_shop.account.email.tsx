import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Field } from '#app/components/field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { PasswordField } from '#app/components/password-field.tsx'
import { useShop } from '#app/components/shop.ts'
import { fieldOf } from '#app/components/form-fields.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { changeEmailSchema } from '#app/domain/accounts/accounts.schema.ts'
import { requestEmailChange } from '#app/domain/accounts/change-email.server.ts'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
import { isEmailServiceSet } from '#app/domain/mail/delivery.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import {
  resetPasswordAttempts,
  limitPasswordAttempts,
  wrongPassword,
} from '#app/http/session/confirm-password.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { limitEmails } from '#app/http/forms/email-request-action.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your email address', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const { email, emailVerifiedAt } = orNotFound(await getProfile(user.id))
  return data({ email, isVerified: emailVerifiedAt !== null }, { headers: noStore })
}

/** The response does not reveal whether the address has an account: only its owner is told, by email. */
export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, changeEmailSchema)
  const user = await requireUser(request)
  if (submission.status !== 'success') return formResponse(submission)
  const { email, password } = submission.value
  await limitPasswordAttempts(user.id)
  await limitEmails(context.ip, 'email-change', email)
  const result = await requestEmailChange({ userId: user.id, email, password })
  if (!result.ok) return formResponse(submission, wrongPassword({ context, userId: user.id }))
  await resetPasswordAttempts(user.id)
  return redirectWithToast(urls.account.profile(), {
    kind: 'info',
    text: isEmailServiceSet()
      ? `We’ve emailed a link to ${email}. Open it within an hour to confirm your new address.`
      : `We saved your request for ${email}. This store doesn’t send emails yet: contact us to get the link.`,
  })
}

export default function EmailPage() {
  const { email, isVerified } = useLoaderData<typeof loader>()
  const shop = useShop()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Your email address</h1>
        <p>
          You sign in with <strong>{email}</strong>
          {isVerified ? '.' : ', which is not verified yet.'}
        </p>
        <p className="soft">
          {!shop?.sendsEmail
            ? 'This store doesn’t send emails yet. Request a link here, then contact us to get it. Nothing changes until you open it.'
            : isVerified
              ? 'We’ll email a link to the new address. Nothing changes until you open it.'
              : 'We’ll email a link to it, or to another address that you enter, to confirm it’s yours.'}
        </p>
      </header>
      <ServerForm
        action={urls.account.email()}
        answer={answer}
        submit={shop?.sendsEmail ? 'Email me a link' : 'Request a link'}
        busy="Sending…"
      >
        <Field
          {...fieldOf(answer, 'email', isVerified ? '' : email)}
          label={isVerified ? 'New email' : 'Email'}
          type="email"
          autoComplete="email"
          inputMode="email"
          required
          maxLength={254}
          ask="Enter your email address."
        />
        <PasswordField answer={answer} />
      </ServerForm>
    </>
  )
}
