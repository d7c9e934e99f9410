import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { endSession } from '#app/domain/accounts/sessions.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { endedSessionCookie, getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

/** POST only: a link to this page signs nobody out. */
export const loader = () => redirect(urls.home(), 303)

export async function action({ request, context }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  const { sessionId, user } = await getVisitor(request)
  if (sessionId !== null) await endSession(sessionId)
  if (user) logSecurityEvent(context, 'session_expired', { userId: user.id, reason: 'signed-out' })
  return redirect(urls.home(), {
    status: 303,
    headers: { 'set-cookie': endedSessionCookie(), 'clear-site-data': '"cache"' },
  })
}
