import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { Field } from '#app/components/field.tsx'
import { fieldOf } from '#app/components/form-fields.ts'
import { ServerForm } from '#app/components/server-form.tsx'
import { passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import {
  transferOwnership,
  type TransferOwnershipResult,
} from '#app/domain/staff/transfer-ownership.server.ts'
import { getStaffMember } from '#app/domain/staff/staff.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { wrongPassword } from '#app/http/session/confirm-password.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { clientInfo, sessionCookie } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta = () => adminMeta('Transfer ownership')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const me = await requireUser(request)
  const { id, name, disabledAt } = orNotFound(await getStaffMember(parseId(params.staffId)))
  return { id, name, isPossible: me.role === 'owner' && me.id !== id && disabledAt === null }
}

type Refusal = Extract<TransferOwnershipResult, { ok: false }>['reason']

const refusals = {
  'not-the-owner': 'Only the owner can transfer ownership.',
  suspended: 'A suspended user can’t own the store.',
} satisfies Record<Exclude<Refusal, 'not-found' | 'wrong-password'>, string>

export async function action({ request, params, context }: ActionFunctionArgs) {
  const me = await requireUser(request)
  const userId = parseId(params.staffId)
  const submission = await parseForm(request, passwordSchema)
  if (submission.status !== 'success') return formResponse(submission)
  await enforceRateLimit('password', String(me.id))
  const { formerSessionId: sessionId, userAgent } = await clientInfo(request)
  const result = await transferOwnership({ userId, by: me.id, sessionId, userAgent, ...submission.value })
  if (result.ok) {
    logSecurityEvent(context, 'authz_change', { userId: me.id, onUserId: userId, to: 'owner' })
    return redirectWithToast(
      urls.admin.staff(),
      { kind: 'success', text: `${result.name} is now the owner. You are an admin.` },
      { headers: new Headers({ 'set-cookie': sessionCookie(result.token) }) },
    )
  }
  if (result.reason === 'not-found') throw orNotFound(null)
  if (result.reason === 'wrong-password')
    return formResponse(submission, wrongPassword({ context, userId: me.id }))
  return formResponse(submission, { problem: refusals[result.reason] })
}

export default function Ownership() {
  const { id, name, isPossible } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHead
        crumbs={[
          { to: urls.admin.staff(), label: 'Staff' },
          { to: urls.admin.staffMember(id), label: name },
        ]}
        title={`Transfer ownership to ${name}?`}
      />
      <Panel>
        {isPossible || answer ? (
          <ServerForm
            action={urls.admin.staffOwnership(id)}
            answer={answer}
            submit="Transfer ownership"
            busy="Transferring…"
            className="fields settings"
          >
            <p>
              {name} becomes the owner and you become an admin. From then on only {name} can create admins,
              change your role, or transfer ownership back. Both of you are signed out on all other devices.
            </p>
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
        ) : (
          <p>
            Only the owner can transfer ownership, and not to a suspended user.{' '}
            <Link to={urls.admin.staffMember(id)}>Back to {name}</Link>
          </p>
        )}
      </Panel>
    </>
  )
}
