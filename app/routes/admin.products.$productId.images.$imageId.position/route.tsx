import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { moveProductImage } from '#app/domain/catalog/product-images.server.ts'
import { directionSchema } from '#app/domain/catalog/product.schema.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

/** Moving a picture is a button; its address alone leads to the pictures. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.productImages(idOf(params.productId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const productId = idOf(params.productId)
  const submission = await parseForm(request, directionSchema)
  if (submission.status !== 'success') throw new Response('Bad request', { status: 400 })
  const imageId = idOf(params.imageId)
  const result = await moveProductImage({ ...submission.value, productId, imageId, by: staff.id })
  if (!result.ok) throw orNotFound(null)
  return redirect(urls.admin.productImages(productId), 303)
}
