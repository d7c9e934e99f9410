import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData } from '@remix-run/react'
import { Field } from '#app/components/field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { fieldOf, ServerForm } from '#app/components/server-form.tsx'
import { addressedSchema } from '#app/domain/accounts/accounts.schema.ts'
import { requestMail } from '#app/domain/accounts/sign-up.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { redirectMailed } from '#app/http/mailed.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { limitTries } from '#app/http/rate-limit.ts'
import { noStore } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Choose a new password', isPrivate: true })

export const headers = () => noStore

/** The same for every address, whether it has an account or not. */
export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, addressedSchema)
  if (submission.status !== 'success') return answerForm(submission)
  const { email } = submission.value
  await limitTries('mailAddress', context.ip)
  await limitTries('mail', context.ip, 'password-reset', email)
  await requestMail('password-reset', email)
  return redirectMailed(email)
}

export default function ForgotPasswordPage() {
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Choose a new password</h1>
      <p className="soft">
        Enter the address of your account. We write to it, and the link in the mail leads to a new password.
      </p>
      <ServerForm action={urls.forgotPassword()} answer={answer} submit="Send me the link" busy="Sending…">
        <Field
          {...fieldOf(answer, 'email')}
          label="E-mail"
          type="email"
          autoComplete="username"
          inputMode="email"
          required
          maxLength={254}
          ask="Enter your e-mail address."
        />
      </ServerForm>
      <p className="door__ways">
        <Link to={urls.login()}>Back to signing in</Link>
      </p>
    </>
  )
}
