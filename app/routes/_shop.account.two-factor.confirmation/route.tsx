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
import { fieldOf } from '#app/components/form-fields.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { codeSchema } from '#app/domain/accounts/accounts.schema.ts'
import { enableTwoFactor, getTwoFactorSetup } from '#app/domain/accounts/two-factor.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { redirectToRecoveryCodes } from '#app/http/session/recovery-codes-cookie.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { resetRateLimit } from '#app/domain/rate-limits/rate-limits.server.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { clientInfo } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'
import { QrCode } from './qr-code.tsx'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Set up two-factor authentication', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const settings = await getSettings()
  const setup = await getTwoFactorSetup(user.id, settings?.shopName ?? '')
  if (!setup) throw redirect(urls.account.twoFactor(), 303)
  return data({ setup }, { headers: noStore })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, codeSchema)
  const user = await requireUser(request)
  if (submission.status !== 'success') return formResponse(submission)
  await enforceRateLimit('twoFactor', String(user.id))
  const { formerSessionId, userAgent } = await clientInfo(request)
  const enabled = await enableTwoFactor({
    ...{ userId: user.id, sessionId: formerSessionId!, userAgent },
    ...{ code: submission.value.code, now: new Date() },
  })
  if (!enabled.ok) {
    if (enabled.reason === 'not-begun') throw redirect(urls.account.twoFactor(), 303)
    const wrong = 'This code is incorrect. Wait for the next one in your app and try again.'
    return formResponse(submission, { errors: { code: [wrong] } })
  }
  await resetRateLimit('twoFactor', String(user.id))
  logSecurityEvent(context, 'user_updated', { userId: user.id, attribute: 'two-factor', to: 'on' })
  return redirectToRecoveryCodes(enabled)
}

export default function ConfirmationPage() {
  const { setup } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>Set up two-factor authentication</h1>
      </header>
      <section aria-labelledby="scan" className="account__section">
        <h2 id="scan">1. Add this store to your app</h2>
        <p>Scan this code with your authenticator app.</p>
        <QrCode squares={setup.squares} />
        <p>
          App on this device? <a href={setup.uri}>Open it with the setup key</a>. Or enter this setup key:
        </p>
        <p>
          <code className="secret">{setup.secret.match(/.{1,4}/g)!.join(' ')}</code>
        </p>
      </section>
      <section aria-labelledby="confirm" className="account__section">
        <h2 id="confirm">2. Enter the code from the app</h2>
        <ServerForm
          action={urls.account.twoFactorConfirmation()}
          answer={answer}
          submit="Turn on"
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
            hint="Six digits. Other devices are signed out."
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
