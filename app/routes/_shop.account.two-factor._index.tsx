import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { PasswordField } from '#app/components/password-field.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { formatCount } from '#app/domain/intl.ts'
import { isStaff } from '#app/domain/access/roles.ts'
import { beginTwoFactor, countRecoveryCodes } from '#app/domain/accounts/two-factor.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import {
  resetPasswordAttempts,
  limitPasswordAttempts,
  wrongPassword,
} from '#app/http/session/confirm-password.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Two-factor authentication', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const [codesLeft, settings] = await Promise.all([countRecoveryCodes(user.id), getSettings()])
  const isNeeded = isStaff(user) && (settings?.staffNeedTwoFactor ?? false)
  return data({ isOn: user.hasTwoFactor, codesLeft, isNeeded }, { headers: noStore })
}

/** Begins the setup; the page that asks for the first code shows the secret. */
export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, passwordSchema)
  const user = await requireUser(request)
  if (submission.status !== 'success') return formResponse(submission)
  await limitPasswordAttempts(user.id)
  const begun = await beginTwoFactor({ userId: user.id, password: submission.value.password })
  if (!begun.ok) return formResponse(submission, wrongPassword({ context, userId: user.id }))
  await resetPasswordAttempts(user.id)
  return redirect(urls.account.twoFactorConfirmation(), { status: 303, headers: noStore })
}

export default function TwoFactorPage() {
  const { isOn } = useLoaderData<typeof loader>()
  return (
    <>
      <header className="account__head">
        <h1>Two-factor authentication</h1>
      </header>
      {isOn ? <On /> : <Off />}
    </>
  )
}

function Off() {
  const { isNeeded } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      {isNeeded && (
        <section className="notice notice--warn" aria-labelledby="why">
          <h2 id="why">Two-factor authentication required</h2>
          <p>This store requires two-factor authentication for staff. Set it up to open the admin.</p>
        </section>
      )}
      <div className="prose">
        <p>
          Two-factor authentication adds a code from your phone when you sign in, so a stolen password is not
          enough.
        </p>
        <p>You need an authenticator app, e.g. 1Password or Google Authenticator.</p>
      </div>
      <ServerForm
        action={urls.account.twoFactor()}
        answer={answer}
        submit="Set up two-factor authentication"
        busy="One moment…"
      >
        <PasswordField answer={answer} />
      </ServerForm>
    </>
  )
}

function On() {
  const { codesLeft, isNeeded } = useLoaderData<typeof loader>()
  return (
    <>
      <p className="notice notice--good">
        Two-factor authentication is on. Signing in also requires a code from your app.
      </p>
      <ul role="list" className="rows">
        <li className="row">
          <div className="row__words">
            <h2 className="row__title">Recovery codes</h2>
            <p className="soft">
              {formatCount(codesLeft, 'code')} left for when you don’t have your phone. Each works once.
            </p>
          </div>
          <Link to={urls.account.recoveryCodes()} className="button">
            Get new codes
          </Link>
        </li>
        <li className="row">
          <div className="row__words">
            <h2 className="row__title">Turn off</h2>
            <p className="soft">
              {isNeeded
                ? 'This store requires it for staff: you can’t open the admin until you set it up again.'
                : 'Your password alone will be enough to sign in.'}
            </p>
          </div>
          <Link to={urls.account.disableTwoFactor()} className="button">
            Turn off
          </Link>
        </li>
      </ul>
    </>
  )
}
