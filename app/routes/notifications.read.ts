import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { optionalText, rowId } from '#app/domain/fields.ts'
import { markAllNotificationsRead } from '#app/domain/notifications/notifications.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { safeRedirect } from '#app/http/forms/safe-redirect.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const loader = () => redirect(urls.account.notifications(), 303)

const schema = z.object({ upTo: rowId(), next: optionalText(200) })

/** Marks as read everything that the page showed, and redirects back to it. */
export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request)
  const submission = await parseForm(request, schema)
  if (submission.status !== 'success') return redirect(urls.account.notifications(), 303)
  await markAllNotificationsRead(user.id, submission.value.upTo)
  return redirect(safeRedirect(submission.value.next, urls.account.notifications()), 303)
}
