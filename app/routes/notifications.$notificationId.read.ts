import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { markNotificationRead } from '#app/domain/notifications/notifications.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

/** POST only; a GET redirects to the list. */
export const loader = () => redirect(urls.account.notifications(), 303)

/** Marks a notification as read and redirects to its subject. */
export async function action({ request, params }: ActionFunctionArgs) {
  const user = await requireUser(request)
  await parseForm(request, z.object({}))
  const { href } = orNotFound(await markNotificationRead(user.id, parseId(params.notificationId)))
  return redirect(href, 303)
}
