import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { makeDefaultAddress } from '#app/domain/accounts/addresses.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

/** POST only; a GET redirects to the address book. */
export const loader = () => redirect(urls.account.addresses(), 303)

export async function action({ request, params }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  const user = await requireUser(request)
  orNotFound((await makeDefaultAddress(user.id, parseId(params.addressId))) || null)
  return redirectWithToast(urls.account.addresses(), {
    kind: 'success',
    text: 'Default address updated.',
  })
}
