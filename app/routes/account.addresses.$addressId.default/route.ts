import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { makeDefaultAddress } from '#app/domain/accounts/addresses.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

/** Choosing the default is a button; its address alone leads to the book. */
export const loader = () => redirect(urls.account.addresses(), 303)

export async function action({ request, params }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  const user = await userOf(request)
  orNotFound((await makeDefaultAddress(user.id, idOf(params.addressId))) || null)
  return redirectWithToast(urls.account.addresses(), {
    kind: 'success',
    text: 'This address is the default now.',
  })
}
