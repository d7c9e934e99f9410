import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { deleteProductImage } from '#app/domain/products/product-images.server.ts'
import { emptySchema } from '#app/domain/products/product.schema.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** POST only; a GET redirects to the images. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.productImages(parseId(params.productId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const productId = parseId(params.productId)
  await parseForm(request, emptySchema)
  await deleteProductImage({ productId, imageId: parseId(params.imageId), by: staff.id })
  return redirectWithToast(urls.admin.productImages(productId), {
    kind: 'success',
    text: 'Image deleted.',
  })
}
