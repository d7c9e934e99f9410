import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { removeMember } from '#app/domain/catalog/collection-members.server.ts'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

/** Taking a product out is a button; its address alone leads to the list. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.collectionProducts(idOf(params.collectionId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const collectionId = idOf(params.collectionId)
  await parseForm(request, emptySchema)
  await removeMember({ collectionId, productId: idOf(params.productId), by: staff.id })
  return redirectWithToast(urls.admin.collectionProducts(collectionId), {
    kind: 'success',
    text: 'The product is out of the collection. It is still in the shop.',
  })
}
