import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData } from '@remix-run/react'
import { MailForm } from '#app/components/mail-form.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { answerByMail } from '#app/http/mailed.server.ts'
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

export const action = (asked: ActionFunctionArgs) => answerByMail('sign-up', asked)

export default function SignUpPage() {
  const answer = useActionData<typeof action>()
  return (
    <>
      <h1>Create an account</h1>
      <p className="soft">
        Your orders, addresses and cart on every device. We write to your address first, to know that it is
        yours; the link in the mail leads on.
      </p>
      <MailForm action={urls.signUp()} answer={answer} submit="Send me the link" />
      <p className="door__ways">
        You have one? <Link to={urls.login()}>Sign in</Link>
      </p>
    </>
  )
}
