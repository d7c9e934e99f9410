import { type ActionFunctionArgs, data } from '@remix-run/node'
import { removeCodeSchema } from '#app/domain/cart/cart.schema.ts'
import { removeCode } from '#app/domain/cart/codes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'cart' } } satisfies RouteHandle

/** Takes a discount code off the cart. */
export async function action({ request, params }: ActionFunctionArgs) {
  const submission = await parseForm(request, removeCodeSchema)
  const { shopper } = await getVisitor(request)
  if (shopper) await removeCode({ shopper, code: params.code! })
  if (submission.status === 'success' && submission.value.respond) return data({ ok: true })
  return redirectWithToast(urls.cart(), { kind: 'success', text: 'The code was removed.' })
}

export const loader = () => orNotFound(null)
