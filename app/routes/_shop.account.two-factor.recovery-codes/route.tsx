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
import { answerForm } from '#app/http/answer-form.server.ts'
import { forgivePasswordTries, limitPasswordTries, wrongPassword } from '#app/http/ask-password.server.ts'
import { readFreshCodes, redirectToFreshCodes } from '#app/http/fresh-codes.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { noStore } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { browserOf } from '#app/http/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Recovery codes', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  if (!user.hasTwoFactor) throw redirect(urls.account.twoFactor(), 303)
  const { codes, gone } = await readFreshCodes(request)
  const headers = codes.length > 0 ? { ...noStore, 'set-cookie': gone } : noStore
  return data({ codes, email: user.email }, { headers })
}

/** The codes are shown once: asking again would answer without them while they are being copied. */
export const shouldRevalidate = ({ formAction }: { formAction?: string }) =>
  formAction === urls.account.recoveryCodes()

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = await parseForm(request, passwordSchema)
  const user = await userOf(request)
  if (submission.status !== 'success') return answerForm(submission)
  await limitPasswordTries(user.id)
  const { formerSessionId, userAgent } = await browserOf(request)
  const renewed = await renewRecoveryCodes({
    ...{ userId: user.id, sessionId: formerSessionId!, userAgent },
    password: submission.value.password,
  })
  if (!renewed.ok) {
    if (renewed.reason === 'no-second-factor') throw redirect(urls.account.twoFactor(), 303)
    return answerForm(submission, wrongPassword({ context, userId: user.id }))
  }
  await forgivePasswordTries(user.id)
  logSecurityEvent(context, 'user_updated', { userId: user.id, attribute: 'recovery-codes' })
  return redirectToFreshCodes(renewed)
}

export default function RecoveryCodesPage() {
  const { codes } = useLoaderData<typeof loader>()
  return codes.length > 0 ? <FreshCodes /> : <Renewal />
}

function FreshCodes() {
  const { codes, email } = useLoaderData<typeof loader>()
  const shop = useShop()
  return (
    <>
      <header className="account__head">
        <h1>Your recovery codes</h1>
        <p>
          Keep them where you keep what matters, and not on the phone itself. Each opens your account once,
          when your app is not at hand. <strong>They are shown only now.</strong>
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
          I have kept them
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
          The codes that you have now stop working, and all other devices are signed out.
        </p>
      </header>
      <ServerForm
        action={urls.account.recoveryCodes()}
        answer={answer}
        submit="Show me new codes"
        busy="One moment…"
      >
        <PasswordField answer={answer} />
      </ServerForm>
      <p>
        <Link to={urls.account.twoFactor()}>Keep those that I have</Link>
      </p>
    </>
  )
}
