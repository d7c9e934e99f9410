import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { positionSchema } from '#app/domain/fields.ts'
import { movePickedProduct } from '#app/domain/recommendations/picked-products.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** POST only; a GET redirects to the list. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.relatedProducts(parseId(params.productId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const productId = parseId(params.productId)
  const list = urls.admin.relatedProducts(productId)
  const submission = await parseForm(request, positionSchema)
  if (submission.status !== 'success')
    return redirectWithToast(list, {
      kind: 'error',
      text: 'Enter a position of 1 or more. Nothing was moved.',
    })
  const relatedId = parseId(params.relatedId)
  const isMoved = await movePickedProduct({ ...submission.value, productId, relatedId, by: staff.id })
  if (!isMoved) throw orNotFound(null)
  return redirect(list, 303)
}
