import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { endDevice } from '#app/domain/accounts/sessions.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

/** Signing a device out is a button; its address alone leads to the list. */
export const loader = () => redirect(urls.account.devices(), 303)

export async function action({ request, params }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  const user = await userOf(request)
  const hasEnded = await endDevice({ userId: user.id, sessionId: idOf(params.deviceId) })
  orNotFound(hasEnded || null)
  return redirectWithToast(urls.account.devices(), { kind: 'success', text: 'The device is signed out.' })
}
