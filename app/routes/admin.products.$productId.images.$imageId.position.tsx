import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { moveProductImage } from '#app/domain/products/product-images.server.ts'
import { positionSchema } from '#app/domain/fields.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** POST only; a GET redirects to the images. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.productImages(parseId(params.productId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const productId = parseId(params.productId)
  const submission = await parseForm(request, positionSchema)
  if (submission.status !== 'success') throw new Response('Bad request', { status: 400 })
  const imageId = parseId(params.imageId)
  const result = await moveProductImage({ ...submission.value, productId, imageId, by: staff.id })
  if (!result.ok) throw orNotFound(null)
  return redirect(urls.admin.productImages(productId), 303)
}
