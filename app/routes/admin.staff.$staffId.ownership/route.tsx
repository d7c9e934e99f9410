import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { Field } from '#app/components/field.tsx'
import { fieldOf, ServerForm } from '#app/components/server-form.tsx'
import { passwordSchema } from '#app/domain/accounts/accounts.schema.ts'
import { handOver, type HandOverResult } from '#app/domain/accounts/hand-over.server.ts'
import { getStaffMember } from '#app/domain/accounts/staff.server.ts'
import { answerForm } from '#app/http/answer-form.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { limitTries } from '#app/http/rate-limit.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { browserOf, sessionCookie } from '#app/http/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

export const meta = () => adminMeta('Hand the shop over')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const me = await userOf(request)
  const { id, name, disabledAt } = orNotFound(await getStaffMember(idOf(params.staffId)))
  return { id, name, isPossible: me.role === 'owner' && me.id !== id && disabledAt === null }
}

const refusals = {
  'wrong-password': 'This is not your password.',
  'not-the-owner': 'Only the owner can hand the shop over.',
  suspended: 'Somebody who is suspended cannot own the shop.',
} satisfies Record<Exclude<Extract<HandOverResult, { ok: false }>['reason'], 'gone'>, string>

export async function action({ request, params, context }: ActionFunctionArgs) {
  const me = await userOf(request)
  const userId = idOf(params.staffId)
  const submission = await parseForm(request, passwordSchema)
  if (submission.status !== 'success') return answerForm(submission)
  await limitTries('password', String(me.id))
  const { formerSessionId: sessionId, userAgent } = await browserOf(request)
  const result = await handOver({ userId, by: me.id, sessionId, userAgent, ...submission.value })
  if (result.ok) {
    logSecurityEvent(context, 'authz_change', { userId: me.id, onUserId: userId, to: 'owner' })
    return redirectWithToast(
      urls.admin.staff(),
      { kind: 'success', text: `${result.name} owns the shop now. You are an admin.` },
      { headers: new Headers({ 'set-cookie': sessionCookie(result.token) }) },
    )
  }
  if (result.reason === 'wrong-password')
    logSecurityEvent(context, 'authn_login_fail', { userId: me.id, reason: 'password-asked-again' })
  if (result.reason === 'gone') throw orNotFound(null)
  return answerForm(submission, { problem: refusals[result.reason], status: 409 })
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
        title={`Hand the shop over to ${name}?`}
      />
      <Panel>
        {isPossible || answer ? (
          <ServerForm
            action={urls.admin.staffOwnership(id)}
            answer={answer}
            submit="Hand the shop over"
            busy="Handing over…"
            className="fields settings"
          >
            <p>
              {name} becomes the owner and you become an admin. From then on only {name} can make admins,
              change you, or give the shop back. Both of you are signed out on all other devices.
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
            Only the owner can hand the shop over, and not to somebody who is suspended.{' '}
            <Link to={urls.admin.staffMember(id)}>Back to {name}</Link>
          </p>
        )}
      </Panel>
    </>
  )
}
