import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { safeRedirect } from '#app/http/forms/safe-redirect.ts'
import { themeCookie } from '#app/http/session/theme.server.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

const schema = z.object({
  theme: z.enum(['light', 'dark', 'system']),
  next: z.string().max(2000).default('/'),
})

/** Light, dark or system color scheme: a preference of this browser, in a cookie. */
export async function action({ request }: ActionFunctionArgs) {
  const submission = await parseForm(request, schema)
  const next = submission.status === 'success' ? safeRedirect(submission.value.next) : '/'
  const headers = new Headers()
  if (submission.status === 'success') headers.append('set-cookie', themeCookie(submission.value.theme))
  return redirect(next, { status: 303, headers })
}
