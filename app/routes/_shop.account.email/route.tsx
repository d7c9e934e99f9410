import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Field } from '#app/components/field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { PasswordField } from '#app/components/password-field.tsx'
import { fieldOf, ServerForm } from '#app/components/server-form.tsx'
import { changeEmailSchema } from '#app/domain/accounts/accounts.schema.ts'
import { requestEmailChange } from '#app/domain/accounts/change-email.server.ts'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import { forgivePasswordTries, limitPasswordTries, wrongPassword } from '#app/http/ask-password.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { limitEmails } from '#app/http/mailed.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your e-mail address', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const { email, emailVerifiedAt } = orNotFound(await getProfile(user.id))
  return data({ email, isVerified: emailVerifiedAt !== null }, { headers: noStore })
}

/** The answer is the same whether the address has an account already: only its holder learns of it, by mail. */
export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, changeEmailSchema)
  const user = await userOf(request)
  if (submission.status !== 'success') return answerForm(submission)
  const { email, password } = submission.value
  await limitPasswordTries(user.id)
  await limitEmails(context.ip, 'email-change', email)
  const result = await requestEmailChange({ userId: user.id, email, password })
  if (!result.ok) return answerForm(submission, wrongPassword({ context, userId: user.id }))
  await forgivePasswordTries(user.id)
  return redirectWithToast(urls.account.profile(), {
    kind: 'info',
    text: `A link is on its way to ${email}. Open it within an hour, and the address is yours.`,
  })
}

export default function EmailPage() {
  const { email, isVerified } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Your e-mail address</h1>
        <p>
          You sign in with <strong>{email}</strong>
          {isVerified ? '.' : ', which is not verified yet.'}
        </p>
        <p className="soft">
          {isVerified
            ? 'We send a link to the new address. Nothing changes until you open it.'
            : 'We send a link to it, or to another address that you enter. Opening the link shows that it is yours.'}
        </p>
      </header>
      <ServerForm action={urls.account.email()} answer={answer} submit="Send me the link" busy="Sending…">
        <Field
          {...fieldOf(answer, 'email', isVerified ? '' : email)}
          label={isVerified ? 'New address' : 'E-mail'}
          type="email"
          autoComplete="email"
          inputMode="email"
          required
          maxLength={254}
          ask="Enter your e-mail address."
        />
        <PasswordField answer={answer} />
      </ServerForm>
    </>
  )
}
