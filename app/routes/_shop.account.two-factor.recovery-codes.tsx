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
import { useShop } from '#app/components/shop.ts'
import { passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { renewRecoveryCodes } from '#app/domain/accounts/two-factor.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import {
  resetPasswordAttempts,
  limitPasswordAttempts,
  wrongPassword,
} from '#app/http/session/confirm-password.server.ts'
import {
  readRecoveryCodesCookie,
  redirectToRecoveryCodes,
} from '#app/http/session/recovery-codes-cookie.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { clientInfo } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Recovery codes', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  if (!user.hasTwoFactor) throw redirect(urls.account.twoFactor(), 303)
  const { codes, clearCookie } = await readRecoveryCodesCookie(request)
  const headers = codes.length > 0 ? { ...noStore, 'set-cookie': clearCookie } : noStore
  return data({ codes, email: user.email }, { headers })
}

/** The codes are shown once: a revalidation would return without them while they are being copied. */
export const shouldRevalidate = ({ formAction }: { formAction?: string }) =>
  formAction === urls.account.recoveryCodes()

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, passwordSchema)
  const user = await requireUser(request)
  if (submission.status !== 'success') return formResponse(submission)
  await limitPasswordAttempts(user.id)
  const { formerSessionId, userAgent } = await clientInfo(request)
  const renewed = await renewRecoveryCodes({
    ...{ userId: user.id, sessionId: formerSessionId!, userAgent },
    password: submission.value.password,
  })
  if (!renewed.ok) {
    if (renewed.reason === 'no-two-factor') throw redirect(urls.account.twoFactor(), 303)
    return formResponse(submission, wrongPassword({ context, userId: user.id }))
  }
  await resetPasswordAttempts(user.id)
  logSecurityEvent(context, 'user_updated', { userId: user.id, attribute: 'recovery-codes' })
  return redirectToRecoveryCodes(renewed)
}

export default function RecoveryCodesPage() {
  const { codes } = useLoaderData<typeof loader>()
  return codes.length > 0 ? <NewCodes /> : <Renewal />
}

function NewCodes() {
  const { codes, email } = useLoaderData<typeof loader>()
  const shop = useShop()
  return (
    <>
      <header className="account__head">
        <h1>Your recovery codes</h1>
        <p>
          Store them somewhere safe, not on your phone. Each code signs you in once when you don’t have your
          app. <strong>They are shown only once.</strong>
        </p>
      </header>
      <section className="codes" aria-label="Recovery codes">
        <p className="soft small">
          {shop?.name}, {email}
        </p>
        <pre>{codes.join('\n')}</pre>
      </section>
      <p className="no-print">
        <Link to={urls.account.security()} className="button button--primary">
          I’ve saved my codes
        </Link>
      </p>
    </>
  )
}

function Renewal() {
  const answer = useActionData<typeof action>()
  return (
    <>
      <header className="account__head">
        <h1>New recovery codes</h1>
        <p className="soft">
          Your current codes will stop working, and all other devices will be signed out.
        </p>
      </header>
      <ServerForm
        action={urls.account.recoveryCodes()}
        answer={answer}
        submit="Get new codes"
        busy="One moment…"
      >
        <PasswordField answer={answer} />
      </ServerForm>
      <p>
        <Link to={urls.account.twoFactor()}>Keep current codes</Link>
      </p>
    </>
  )
}
