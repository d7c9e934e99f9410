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
  pageMeta(matches, { title: 'Where is my order?', isPrivate: true })

export const headers = () => noStore

/** The same for every address, whether anything was ordered with it or not. */
export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, addressedSchema)
  if (submission.status !== 'success') return answerForm(submission)
  const { email } = submission.value
  await limitTries('mailAddress', context.ip)
  await limitTries('mail', context.ip, 'order-links', email)
  await requestMail('order-links', email)
  return redirectMailed(email)
}

export default function FindOrdersPage() {
  const answer = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <header className="page-head">
        <h1>Where is my order?</h1>
        <p className="soft">
          Enter the address that you ordered with. We send it the links to your orders, where you see what is
          paid and what is on its way.
        </p>
      </header>
      <ServerForm action={urls.findOrders()} answer={answer} submit="Send me the links" busy="Sending…">
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
        You have an account? <Link to={urls.account.orders()}>See all your orders</Link>
      </p>
    </div>
  )
}
