import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { deleteProductImage } from '#app/domain/catalog/product-images.server.ts'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

/** Deleting a picture is a button; its address alone leads to the pictures. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.productImages(idOf(params.productId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const productId = idOf(params.productId)
  await parseForm(request, emptySchema)
  await deleteProductImage({ productId, imageId: idOf(params.imageId), by: staff.id })
  return redirectWithToast(urls.admin.productImages(productId), {
    kind: 'success',
    text: 'The picture is deleted.',
  })
}
