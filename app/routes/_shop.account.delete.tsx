import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { PasswordField } from '#app/components/password-field.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { closeAccount } from '#app/domain/accounts/close-account.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { limitPasswordAttempts, wrongPassword } from '#app/http/session/confirm-password.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { endedSessionCookie } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Close your account', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const { role } = await requireUser(request)
  return data({ isOwner: role === 'owner' }, { headers: noStore })
}

const ownerStays = 'The owner account can’t be closed.'

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, passwordSchema)
  const user = await requireUser(request)
  if (submission.status !== 'success') return formResponse(submission)
  await limitPasswordAttempts(user.id)
  const closed = await closeAccount({ userId: user.id, password: submission.value.password })
  if (!closed.ok)
    return closed.reason === 'owner-stays'
      ? formResponse(submission, { problem: ownerStays })
      : formResponse(submission, wrongPassword({ context, userId: user.id }))
  logSecurityEvent(context, 'user_deleted', { userId: user.id })
  return redirectWithToast(
    urls.home(),
    { kind: 'info', text: 'Your account is closed.' },
    { headers: new Headers({ 'set-cookie': endedSessionCookie(), 'clear-site-data': '"cache"' }) },
  )
}

export default function DeleteAccountPage() {
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
            <p>This takes effect immediately and can’t be undone:</p>
            <ul>
              <li>Your name, addresses, cart and sign-in details are deleted on all devices.</li>
              <li>Marketing emails and emails when a product is back in stock stop.</li>
              <li>
                We keep order records as required by law, but they are no longer linked to an account. You can
                still open them from the links in your order emails. Open orders will still be delivered.
              </li>
            </ul>
            <p>
              You can{' '}
              <a href={urls.account.export()} download>
                download your data
              </a>{' '}
              first.
            </p>
          </div>
          <ServerForm
            action={urls.account.deleteAccount()}
            answer={answer}
            submit="Close account"
            busy="Closing…"
            tone="plain"
          >
            <PasswordField answer={answer} />
          </ServerForm>
        </>
      )}
      <p>
        <Link to={urls.account.security()}>Cancel</Link>
      </p>
    </>
  )
}
