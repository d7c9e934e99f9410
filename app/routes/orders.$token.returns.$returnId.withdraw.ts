import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { withdrawReturn } from '#app/domain/returns/change-return.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

/** POST only; a GET redirects to the order. */
export const loader = ({ params }: LoaderFunctionArgs) => redirect(urls.order(params.token!), 303)

export async function action({ request, params }: ActionFunctionArgs) {
  const token = params.token!
  await parseForm(request, z.object({}))
  const result = await withdrawReturn({ token, returnId: parseId(params.returnId) })
  if (result.ok)
    return redirectWithToast(urls.order(token), { kind: 'success', text: 'Your return was withdrawn.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return redirectWithToast(urls.order(token), {
    kind: 'error',
    text: 'This return can no longer be withdrawn.',
  })
}
