import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Field } from '#app/components/field.tsx'
import { NewPasswordField } from '#app/components/new-password-field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { fieldOf, type FormAnswer, ServerForm } from '#app/components/server-form.tsx'
import { useShop } from '#app/components/shop.ts'
import {
  acceptAsNewcomer,
  acceptWithAccount,
  findInvitation,
} from '#app/domain/accounts/accept-invitation.server.ts'
import { newAccountSchema, passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { roleText } from '#app/domain/accounts/accounts.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { passwordRefusal } from '#app/http/password-refusal.server.ts'
import { limitTries } from '#app/http/rate-limit.ts'
import { noStore } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { browserOf } from '#app/http/session.server.ts'
import { redirectAfterPassword, redirectSignedIn } from '#app/http/signed-in.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'link' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Join the staff', isPrivate: true })

export const headers = () => noStore

export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token!
  const found = await findInvitation(token)
  const invitation = found && {
    email: found.email,
    by: found.by,
    role: found.role,
    hasAccount: found.accountId !== null,
  }
  return data({ token, invitation }, { headers: noStore })
}

const refusals = {
  'link-is-dead': 'This invitation was accepted, replaced or withdrawn, or it is too old.',
  'has-account':
    'There is an account with this address by now. Load the page again and confirm with its password.',
  'wrong-password': 'This is not the password of the account.',
}

/** Somebody with an account confirms with its password, anybody else makes one: the address decides. */
export async function action(args: ActionFunctionArgs) {
  const invitation = await findInvitation(args.params.token!)
  return invitation?.accountId ? join(args, invitation.accountId) : signUp(args, invitation?.email)
}

async function signUp({ request, params, context }: ActionFunctionArgs, email: string | undefined) {
  const submission = await parseForm(request, newAccountSchema)
  if (submission.status !== 'success') return answerForm(submission)
  const { name, password } = submission.value
  const refusal = await passwordRefusal(password, { name, email })
  if (refusal) return answerForm(submission, refusal)
  const result = await acceptAsNewcomer({
    token: params.token!,
    name,
    password,
    ...(await browserOf(request)),
  })
  if (!result.ok) return answerForm(submission, { problem: refusals[result.reason], status: 409 })
  logSecurityEvent(context, 'user_created', { userId: result.userId })
  logSecurityEvent(context, 'authz_change', { userId: result.userId, to: 'invited-role' })
  return redirectSignedIn(result, urls.admin.home())
}

async function join({ request, params, context }: ActionFunctionArgs, accountId: number) {
  const submission = await parseForm(request, passwordSchema)
  if (submission.status !== 'success') return answerForm(submission)
  await limitTries('password', String(accountId))
  const { password } = submission.value
  const result = await acceptWithAccount({ token: params.token!, password, ...(await browserOf(request)) })
  if (!result.ok) {
    if (result.reason === 'wrong-password')
      logSecurityEvent(context, 'authn_login_fail', { userId: accountId, reason: 'password-asked-again' })
    return answerForm(submission, { problem: refusals[result.reason], status: 409 })
  }
  logSecurityEvent(context, 'authz_change', { userId: accountId, to: 'invited-role' })
  return redirectAfterPassword(result, urls.admin.home())
}

export default function InvitationPage() {
  const { token, invitation } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const shop = useShop()
  return (
    <>
      <h1>Join the staff of {shop?.name}</h1>
      {invitation === null && !answer ? (
        <DeadInvitation />
      ) : (
        <>
          {invitation && (
            <p className="soft">
              {invitation.by ?? 'The owner'} invites <strong>{invitation.email}</strong> as{' '}
              {roleText[invitation.role].toLowerCase()}.
            </p>
          )}
          {invitation?.hasAccount ? (
            <ConfirmForm token={token} email={invitation.email} answer={answer} />
          ) : (
            <NewcomerForm token={token} email={invitation?.email} answer={answer} />
          )}
        </>
      )}
    </>
  )
}

/** Nobody can ask for another invitation by themselves. */
function DeadInvitation() {
  return (
    <div className="notice" role="status">
      <h2>This invitation opens nothing any more</h2>
      <p>
        It works once and for a week, and a newer one replaces it. Ask whoever invited you to do it again, or,
        if you have accepted already, <a href={urls.login()}>sign in</a>.
      </p>
    </div>
  )
}

type FormFacts = { token: string; answer: FormAnswer | undefined }

function NewcomerForm({ token, email, answer }: FormFacts & { email: string | undefined }) {
  return (
    <ServerForm action={urls.invitation(token)} answer={answer} submit="Join the staff" busy="Joining…">
      {email && <Username email={email} />}
      <Field
        {...fieldOf(answer, 'name')}
        label="Your name"
        autoComplete="name"
        required
        maxLength={120}
        hint="As colleagues see it beside what you do."
        ask="Enter your name."
      />
      <NewPasswordField answer={answer} label="Choose a password" />
    </ServerForm>
  )
}

function ConfirmForm({ token, email, answer }: FormFacts & { email: string }) {
  return (
    <ServerForm action={urls.invitation(token)} answer={answer} submit="Join the staff" busy="Joining…">
      <p>You have an account with this address. Its password shows that it is you.</p>
      <Username email={email} />
      <Field
        {...fieldOf(answer, 'password')}
        label="Your password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={256}
        ask="Enter your password."
      />
    </ServerForm>
  )
}

/** Password managers note the name of the account beside the password. */
function Username({ email }: { email: string }) {
  return <input type="hidden" autoComplete="username" value={email} readOnly />
}
