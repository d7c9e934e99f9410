import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { readNotification } from '#app/domain/notifications/notifications.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

/** Reading is done by the form; the address alone leads to the list. */
export const loader = () => redirect(urls.account.notifications(), 303)

/** Marks a notification as read and leads to what it is about. */
export async function action({ request, params }: ActionFunctionArgs) {
  const user = await userOf(request)
  await parseForm(request, z.object({}))
  const { href } = orNotFound(await readNotification(user.id, idOf(params.notificationId)))
  return redirect(href, 303)
}
