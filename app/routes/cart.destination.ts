import { type ActionFunctionArgs, data, redirect } from '@remix-run/node'
import { destinationSchema } from '#app/domain/cart/cart.schema.ts'
import { setDestination } from '#app/domain/cart/codes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'cart' } } satisfies RouteHandle

/** Remembers where shipping is estimated for. */
export async function action({ request }: ActionFunctionArgs) {
  const submission = await parseForm(request, destinationSchema)
  if (submission.status !== 'success')
    return redirectWithToast(urls.cart(), { kind: 'error', text: 'Choose a country.' })
  const { respond, ...destination } = submission.value
  const { shopper } = await getVisitor(request)
  if (shopper) await setDestination({ shopper, destination })
  return respond ? data({ ok: true }) : redirect(urls.cartEstimate(), { status: 303, headers: noStore })
}

export const loader = () => orNotFound(null)
