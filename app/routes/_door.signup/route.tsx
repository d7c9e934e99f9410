import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
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
import { getVisitor } from '#app/http/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Create an account', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await getVisitor(request)
  if (user) throw redirect(urls.account.home(), 303)
  return data(null, { headers: noStore })
}

/** The same for every address: whoever has an account already is told by mail. */
export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, addressedSchema)
  if (submission.status !== 'success') return answerForm(submission)
  const { email } = submission.value
  await limitTries('mailAddress', context.ip)
  await limitTries('mail', context.ip, 'sign-up', email)
  await requestMail('sign-up', email)
  return redirectMailed(email)
}

export default function SignUpPage() {
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Create an account</h1>
      <p className="soft">
        Your orders, addresses and cart on every device. We write to your address first, to know that it is
        yours; the link in the mail leads on.
      </p>
      <ServerForm action={urls.signUp()} answer={answer} submit="Send me the link" busy="Sending…">
        <Field
          {...fieldOf(answer, 'email')}
          label="E-mail"
          type="email"
          autoComplete="email"
          inputMode="email"
          required
          maxLength={254}
          ask="Enter your e-mail address."
        />
      </ServerForm>
      <p className="door__ways">
        You have one? <Link to={urls.login()}>Sign in</Link>
      </p>
    </>
  )
}
