import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { PasswordField } from '#app/components/password-field.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { closeAccount } from '#app/domain/accounts/close-account.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import { limitPasswordTries, wrongPassword } from '#app/http/ask-password.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { noStore, redirectWithToast } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { endedSessionCookie } from '#app/http/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Close your account', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const { role } = await userOf(request)
  return data({ isOwner: role === 'owner' }, { headers: noStore })
}

const ownerStays = 'The shop is yours, and a shop has an owner: this account cannot be closed.'

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, passwordSchema)
  const user = await userOf(request)
  if (submission.status !== 'success') return answerForm(submission)
  await limitPasswordTries(user.id)
  const closed = await closeAccount({ userId: user.id, password: submission.value.password })
  if (!closed.ok)
    return closed.reason === 'owner-stays'
      ? answerForm(submission, { problem: ownerStays, status: 409 })
      : answerForm(submission, wrongPassword({ context, userId: user.id }))
  logSecurityEvent(context, 'user_deleted', { userId: user.id })
  return redirectWithToast(
    urls.home(),
    { kind: 'info', text: 'Your account is closed. Thank you for having been here.' },
    { headers: new Headers({ 'set-cookie': endedSessionCookie(), 'clear-site-data': '"cache"' }) },
  )
}

export default function ClosurePage() {
  const { isOwner } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Close your account</h1>
      </header>
      {isOwner ? (
        <p className="notice">{ownerStays}</p>
      ) : (
        <>
          <div className="prose">
            <p>This happens at once, and cannot be undone:</p>
            <ul>
              <li>Your name, addresses, cart and way to sign in are deleted, on every device.</li>
              <li>
                Your orders stay with the shop, because the law asks for it. They belong to nobody then; the
                link in each order’s mail still shows it. What is on its way still arrives.
              </li>
            </ul>
            <p>
              You may want to{' '}
              <a href={urls.account.export()} download>
                download what we hold about you
              </a>{' '}
              first.
            </p>
          </div>
          <ServerForm
            action={urls.account.closure()}
            answer={answer}
            submit="Close my account for good"
            busy="Closing…"
            tone="plain"
          >
            <PasswordField answer={answer} />
          </ServerForm>
        </>
      )}
      <p>
        <Link to={urls.account.security()}>Keep it</Link>
      </p>
    </>
  )
}
