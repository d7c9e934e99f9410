import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { Field } from '#app/components/field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { fieldOf, ServerForm } from '#app/components/server-form.tsx'
import { codeSchema } from '#app/domain/accounts/accounts.schema.ts'
import { enableTwoFactor, getTwoFactorSetup } from '#app/domain/accounts/two-factor.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import { redirectToFreshCodes } from '#app/http/fresh-codes.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { forgiveTries, limitTries } from '#app/http/rate-limit.ts'
import { noStore } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { browserOf } from '#app/http/session.server.ts'
import { urls } from '#app/urls.ts'
import { QrCode } from './qr-code.tsx'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Set up the second factor', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const settings = await getSettings()
  const setup = await getTwoFactorSetup(user.id, settings?.shopName ?? '')
  if (!setup) throw redirect(urls.account.twoFactor(), 303)
  return data({ setup }, { headers: noStore })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, codeSchema)
  const user = await userOf(request)
  if (submission.status !== 'success') return answerForm(submission)
  await limitTries('secondFactor', String(user.id))
  const { formerSessionId, userAgent } = await browserOf(request)
  const enabled = await enableTwoFactor({
    ...{ userId: user.id, sessionId: formerSessionId!, userAgent },
    ...{ code: submission.value.code, now: new Date() },
  })
  if (!enabled.ok) {
    if (enabled.reason === 'not-begun') throw redirect(urls.account.twoFactor(), 303)
    const wrong = 'This code is not right. Wait for the next one in your app, and enter that.'
    return answerForm(submission, { errors: { code: [wrong] } })
  }
  await forgiveTries('secondFactor', String(user.id))
  logSecurityEvent(context, 'user_updated', { userId: user.id, attribute: 'two-factor', to: 'on' })
  return redirectToFreshCodes(enabled)
}

export default function ConfirmationPage() {
  const { setup } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Set up the second factor</h1>
      </header>
      <section aria-labelledby="scan" className="account__section">
        <h2 id="scan">1. Let your app know the secret</h2>
        <p>Scan this with your authenticator app.</p>
        <QrCode squares={setup.squares} />
        <p>
          The app is on this device? <a href={setup.uri}>Open it with the secret</a>. Or type the secret:
        </p>
        <p>
          <code className="secret">{setup.secret.match(/.{1,4}/g)!.join(' ')}</code>
        </p>
      </section>
      <section aria-labelledby="confirm" className="account__section">
        <h2 id="confirm">2. Enter the code that it shows</h2>
        <ServerForm
          action={urls.account.twoFactorConfirmation()}
          answer={answer}
          submit="Switch it on"
          busy="Checking…"
        >
          <Field
            {...fieldOf(answer, 'code')}
            label="Code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            maxLength={40}
            spellCheck={false}
            hint="Six digits; a new one comes every 30 seconds. Other devices are signed out."
            ask="Enter the code."
          />
        </ServerForm>
      </section>
      <p>
        <Link to={urls.account.security()}>Not now</Link>
      </p>
    </>
  )
}
