import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { optionalRowId, optionalText, rowId } from '#app/domain/fields.ts'
import { notificationKinds } from '#app/domain/notifications/notifications.ts'
import { markNotificationsRead } from '#app/domain/notifications/notifications.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { safeRedirect } from '#app/http/forms/safe-redirect.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const loader = () => redirect(urls.account.notifications(), 303)

const schema = z.object({
  audience: z.enum(['staff', 'customer']),
  upTo: rowId(),
  next: optionalText(200),
  /** Of a group. */
  from: optionalRowId(),
  kind: z.enum([...notificationKinds('staff'), ...notificationKinds('customer')]).optional(),
})

/** Marks as read everything that the page showed, or one group, and redirects to `next`. */
export async function action({ request }: ActionFunctionArgs) {
  const user = await requireUser(request)
  const submission = await parseForm(request, schema)
  if (submission.status !== 'success') return redirect(urls.account.notifications(), 303)
  const { next, from, ...which } = submission.value
  await markNotificationsRead(user.id, { ...which, from: from ?? 0 })
  return redirect(safeRedirect(next, urls.account.notifications()), 303)
}
