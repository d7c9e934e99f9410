import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { addedMessage } from '#app/domain/cart/added-message.ts'
import { reorder } from '#app/domain/cart/reorder.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { ensureSession } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'cart' } } satisfies RouteHandle

/** POST only; a GET redirects to the order. */
export const loader = ({ params }: LoaderFunctionArgs) => redirect(urls.order(params.token!), 303)

export async function action({ request, params }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  const { shopper, headers } = await ensureSession(request)
  const result = await reorder({ shopper, token: params.token! })
  if (!result.ok) {
    if (result.reason === 'not-found') throw orNotFound(null)
    const text = 'Your session changed. Please try again.'
    return redirectWithToast(urls.order(params.token!), { kind: 'error', text }, { headers })
  }
  const text = addedMessage(result, orNotFound(await getSettings()))
  return redirectWithToast(
    result.isInCart ? urls.cart() : urls.order(params.token!),
    { kind: result.isInCart ? 'success' : 'error', text },
    { headers },
  )
}
