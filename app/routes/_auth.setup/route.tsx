import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { setupSchema } from '#app/domain/accounts/accounts.schema.ts'
import { startUserSession } from '#app/domain/accounts/user-session.server.ts'
import { claimShop, hasOwner, isSetupCode } from '#app/domain/setup/setup.server.ts'
import { findPasswordIssue, passwordIssueMessages } from '#app/domain/accounts/weak-passwords.server.ts'
import { presetsFor } from '#app/domain/settings/presets.ts'
import { currencyChoices, localeChoices, timeZoneChoices, withCurrent } from '#app/domain/settings/regions.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { clientInfo, sessionCookie } from '#app/http/session/session.server.ts'
import pickerStyles from '#app/styles/picker.css?url'
import { urls } from '#app/urls.ts'
import { SetupForm } from './setup-form.tsx'

export const handle = { access: 'everyone', limits: { action: 'setup' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Set up your store', isPrivate: true })

export const headers = () => noStore

export const links = () => [{ rel: 'stylesheet', href: pickerStyles }]

export async function loader({ request }: LoaderFunctionArgs) {
  if (await hasOwner()) throw redirect(urls.login(), 303)
  const code = new URL(request.url).searchParams.get('code') ?? ''
  const presets = presetsFor(request.headers.get('accept-language'))
  return data(
    {
      code: (await isSetupCode(code)) ? code : null,
      presets,
      currencies: currencyChoices(),
      locales: withCurrent(localeChoices(), presets.locale),
      timeZones: timeZoneChoices,
    },
    { headers: noStore },
  )
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, setupSchema)
  if (submission.status !== 'success') return formResponse(submission, {}, { isRefused: false })
  const problem = await findPasswordIssue(submission.value.password, submission.value)
  const errors = problem && { password: [passwordIssueMessages[problem]] }
  if (errors) return formResponse(submission, { errors }, { isRefused: false })
  const claim = await claimShop(submission.value)
  if (!claim.ok) {
    logSecurityEvent(context, 'authn_login_fail', { reason: 'setup-code' })
    return formResponse(submission, { status: 403 }, { isRefused: true })
  }
  logSecurityEvent(context, 'user_created', { userId: claim.userId })
  logSecurityEvent(context, 'authz_change', { userId: claim.userId, to: 'owner' })
  const { token } = (await startUserSession({ userId: claim.userId, ...(await clientInfo(request)) }))!
  return redirectWithToast(
    urls.admin.home(),
    { kind: 'success', text: `${submission.value.shopName} is ready. Welcome!` },
    // The manifest of this page does not contain the admin's routes.
    { headers: new Headers({ 'set-cookie': sessionCookie(token), 'x-remix-reload-document': 'true' }) },
  )
}

export default function SetupPage() {
  const { code, ...choices } = useLoaderData<typeof loader>()
  const outcome = useActionData<typeof action>()
  return (
    <>
      <h1>Set up your store</h1>
      {code === null || outcome?.isRefused ? (
        <InvalidSetupLink />
      ) : (
        <>
          <p className="soft">This takes about a minute. You can change everything later in the settings.</p>
          <SetupForm code={code} {...choices} answer={outcome} />
        </>
      )}
    </>
  )
}

function InvalidSetupLink() {
  return (
    <div className="notice" role="status">
      <h2>This link has expired or was already used</h2>
      <p>
        A setup link can be used once within 24 hours. Restart the server to get a new one. Already set up?{' '}
        <Link to={urls.login()}>Sign in</Link>.
      </p>
    </div>
  )
}
