import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { endOtherDevices } from '#app/domain/accounts/sessions.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { redirectWithToast } from '#app/http/respond.server.ts'
import { getVisitor } from '#app/http/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

/** Signing devices out is a button; its address alone leads to the list. */
export const loader = () => redirect(urls.account.devices(), 303)

export async function action({ request }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  const user = await userOf(request)
  const { sessionId } = await getVisitor(request)
  await endOtherDevices({ userId: user.id, sessionId: sessionId! })
  return redirectWithToast(urls.account.devices(), {
    kind: 'success',
    text: 'All other devices are signed out.',
  })
}
