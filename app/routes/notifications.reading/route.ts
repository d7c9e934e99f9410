import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { optionalText, rowId } from '#app/domain/fields.ts'
import { readAllNotifications } from '#app/domain/notifications/notifications.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { safeRedirect } from '#app/http/safe-redirect.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const loader = () => redirect(urls.account.notifications(), 303)

const schema = z.object({ upTo: rowId(), next: optionalText(200) })

/** Marks everything as read that the page showed, and leads back to it. */
export async function action({ request }: ActionFunctionArgs) {
  const user = await userOf(request)
  const submission = await parseForm(request, schema)
  if (submission.status !== 'success') return redirect(urls.account.notifications(), 303)
  await readAllNotifications(user.id, submission.value.upTo)
  return redirect(safeRedirect(submission.value.next, urls.account.notifications()), 303)
}
