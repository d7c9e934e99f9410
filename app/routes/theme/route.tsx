import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { safeRedirect } from '#app/http/safe-redirect.ts'
import { themeCookie } from '#app/http/theme.server.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

const schema = z.object({
  theme: z.enum(['light', 'dark', 'system']),
  next: z.string().max(2000).default('/'),
})

/** Light, dark, or as the system has it: a preference of this browser, kept in a cookie. */
export async function action({ request }: ActionFunctionArgs) {
  const submission = await parseForm(request, schema)
  const next = submission.status === 'success' ? safeRedirect(submission.value.next) : '/'
  const headers = new Headers()
  if (submission.status === 'success') headers.append('set-cookie', themeCookie(submission.value.theme))
  return redirect(next, { status: 303, headers })
}
