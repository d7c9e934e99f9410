import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import { watchOrder } from '#app/domain/orders/watchers.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(urls.admin.order(idOf(params.orderId)), 303)

/** A tab says that it has the order open. It is asked by script alone and answers nothing. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { id } = await userOf(request)
  await parseForm(request, emptySchema)
  await watchOrder(idOf(params.orderId), id)
  return new Response(null, { status: 204 })
}
