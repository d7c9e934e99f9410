import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Field } from '#app/components/field.tsx'
import { NewPasswordField } from '#app/components/new-password-field.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { fieldOf, type FormResponse } from '#app/components/form-fields.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { useShop } from '#app/components/shop.ts'
import {
  acceptWithNewAccount,
  acceptWithExistingAccount,
  findInvitation,
} from '#app/domain/staff/accept-invitation.server.ts'
import { newAccountSchema, passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { roleLabels } from '#app/domain/access/roles.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { passwordRefusal } from '#app/http/session/password-refusal.server.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { clientInfo } from '#app/http/session/session.server.ts'
import { redirectAfterPassword, loginResponse } from '#app/http/session/login-response.server.ts'
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
  'link-invalid': 'This invitation has expired or was already used.',
  'has-account':
    'An account with this email address now exists. Reload the page and confirm with its password.',
  'wrong-password': 'Incorrect password.',
}

/** A user with an account confirms with its password, anyone else creates one: the invited address decides. */
export async function action(args: ActionFunctionArgs) {
  const invitation = await findInvitation(args.params.token!)
  return invitation?.accountId ? join(args, invitation.accountId) : signUp(args, invitation?.email)
}

async function signUp({ request, params, context }: ActionFunctionArgs, email: string | undefined) {
  const submission = await parseForm(request, newAccountSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { name, password } = submission.value
  const refusal = await passwordRefusal(password, { name, email })
  if (refusal) return formResponse(submission, refusal)
  const result = await acceptWithNewAccount({
    token: params.token!,
    name,
    password,
    ...(await clientInfo(request)),
  })
  if (!result.ok) return formResponse(submission, { problem: refusals[result.reason] })
  logSecurityEvent(context, 'user_created', { userId: result.userId })
  logSecurityEvent(context, 'authz_change', { userId: result.userId, to: 'invited-role' })
  return loginResponse(result, urls.admin.home())
}

async function join({ request, params, context }: ActionFunctionArgs, accountId: number) {
  const submission = await parseForm(request, passwordSchema)
  if (submission.status !== 'success') return formResponse(submission)
  await enforceRateLimit('password', String(accountId))
  const { password } = submission.value
  const result = await acceptWithExistingAccount({
    token: params.token!,
    password,
    ...(await clientInfo(request)),
  })
  if (!result.ok) {
    if (result.reason === 'wrong-password')
      logSecurityEvent(context, 'authn_login_fail', { userId: accountId, reason: 'password-asked-again' })
    return formResponse(submission, { problem: refusals[result.reason] })
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
        <ExpiredInvitation />
      ) : (
        <>
          {invitation && (
            <p className="soft">
              {invitation.by ?? 'The owner'} invites <strong>{invitation.email}</strong> as{' '}
              {roleLabels[invitation.role].toLowerCase()}.
            </p>
          )}
          {invitation?.hasAccount ? (
            <ConfirmForm token={token} email={invitation.email} answer={answer} />
          ) : (
            <NewAccountForm token={token} email={invitation?.email} answer={answer} />
          )}
        </>
      )}
    </>
  )
}

/** Invited users cannot request another invitation themselves. */
function ExpiredInvitation() {
  return (
    <div className="notice" role="status">
      <h2>This invitation has expired or was already used</h2>
      <p>
        Invitations work once and for a week, and a newer one replaces an older one. Ask for a new invitation,
        or, if you already accepted, <a href={urls.login()}>sign in</a>.
      </p>
    </div>
  )
}

type FormProps = { token: string; answer: FormResponse | undefined }

function NewAccountForm({ token, email, answer }: FormProps & { email: string | undefined }) {
  return (
    <ServerForm action={urls.invitation(token)} answer={answer} submit="Join the staff" busy="Joining…">
      {email && <Username email={email} />}
      <Field
        {...fieldOf(answer, 'name')}
        label="Your name"
        autoComplete="name"
        required
        maxLength={120}
        hint="Shown to colleagues."
        ask="Enter your name."
      />
      <NewPasswordField answer={answer} label="Choose a password" />
    </ServerForm>
  )
}

function ConfirmForm({ token, email, answer }: FormProps & { email: string }) {
  return (
    <ServerForm action={urls.invitation(token)} answer={answer} submit="Join the staff" busy="Joining…">
      <p>You already have an account with this email address. Enter its password to continue.</p>
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

/** Lets password managers store the account name with the password. */
function Username({ email }: { email: string }) {
  return <input type="hidden" autoComplete="username" value={email} />
}
