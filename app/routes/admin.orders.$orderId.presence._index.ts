import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { emptySchema } from '#app/domain/products/product.schema.ts'
import { joinPresence } from '#app/domain/orders/presence.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(urls.admin.order(parseId(params.orderId)), 303)

/** Reports that a tab has the order open. Called by script only; answers 204. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { id } = await requireUser(request)
  await parseForm(request, emptySchema)
  await joinPresence(parseId(params.orderId), id)
  return new Response(null, { status: 204 })
}
