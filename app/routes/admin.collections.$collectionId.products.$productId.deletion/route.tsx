import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { removeMember } from '#app/domain/catalog/collection-members.server.ts'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import { requireStaff } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

/** Taking a product out is a button; its address alone leads to the list. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireStaff(request)
  return redirect(urls.admin.collectionProducts(idOf(params.collectionId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  await requireStaff(request)
  const collectionId = idOf(params.collectionId)
  await parseForm(request, emptySchema)
  await removeMember(collectionId, idOf(params.productId))
  return redirectWithToast(urls.admin.collectionProducts(collectionId), {
    kind: 'success',
    text: 'The product is out of the collection. It is still in the shop.',
  })
}
