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
import { isStaff } from '#app/domain/accounts/accounts.ts'
import { beginTwoFactor, countRecoveryCodes } from '#app/domain/accounts/two-factor.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import { forgivePasswordTries, limitPasswordTries, wrongPassword } from '#app/http/ask-password.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { noStore } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Second factor', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const [codesLeft, settings] = await Promise.all([countRecoveryCodes(user.id), getSettings()])
  const isNeeded = isStaff(user) && (settings?.staffNeedTwoFactor ?? false)
  return data({ isOn: user.hasTwoFactor, codesLeft, isNeeded }, { headers: noStore })
}

/** Begins to set one up; the secret is shown by the page that asks for the first code. */
export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, passwordSchema)
  const user = await userOf(request)
  if (submission.status !== 'success') return answerForm(submission)
  await limitPasswordTries(user.id)
  const begun = await beginTwoFactor({ userId: user.id, password: submission.value.password })
  if (!begun.ok) return answerForm(submission, wrongPassword({ context, userId: user.id }))
  await forgivePasswordTries(user.id)
  return redirect(urls.account.twoFactorConfirmation(), { status: 303, headers: noStore })
}

export default function TwoFactorPage() {
  const { isOn } = useLoaderData<typeof loader>()
  return (
    <>
      <header className="account__head">
        <h1>Second factor</h1>
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
          <h2 id="why">Why you are here</h2>
          <p>
            This shop asks everybody who works in it for a second factor. Set yours up, and the admin opens.
          </p>
        </section>
      )}
      <div className="prose">
        <p>
          With a second factor, signing in takes your password and a code from your phone. Somebody who learns
          your password still cannot sign in.
        </p>
        <p>
          You need an authenticator app: the password manager that you have may well be one, and every phone’s
          store has several for free.
        </p>
      </div>
      <ServerForm
        action={urls.account.twoFactor()}
        answer={answer}
        submit="Set up the second factor"
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
      <p className="notice notice--good">It is on: signing in also asks for a code of your app.</p>
      <ul role="list" className="rows">
        <li className="row">
          <div className="row__words">
            <h2 className="row__title">Recovery codes</h2>
            <p className="soft">
              {codesLeft === 1 ? '1 code is left' : `${codesLeft} codes are left`}, for the day your phone is
              not at hand. Each works once.
            </p>
          </div>
          <Link to={urls.account.recoveryCodes()} className="button">
            Get new codes
          </Link>
        </li>
        <li className="row">
          <div className="row__words">
            <h2 className="row__title">Switch it off</h2>
            <p className="soft">
              {isNeeded
                ? 'This shop asks its staff for one: the admin stays closed to you until you set it up again.'
                : 'Then your password alone is enough again.'}
            </p>
          </div>
          <Link to={urls.account.twoFactorDeletion()} className="button">
            Switch off
          </Link>
        </li>
      </ul>
    </>
  )
}
