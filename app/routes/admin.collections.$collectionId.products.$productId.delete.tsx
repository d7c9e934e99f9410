import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { removeMember } from '#app/domain/collections/collection-members.server.ts'
import { emptySchema } from '#app/domain/products/product.schema.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** POST only; a GET redirects to the list. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.collectionProducts(parseId(params.collectionId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const collectionId = parseId(params.collectionId)
  await parseForm(request, emptySchema)
  await removeMember({ collectionId, productId: parseId(params.productId), by: staff.id })
  return redirectWithToast(urls.admin.collectionProducts(collectionId), {
    kind: 'success',
    text: 'Product removed from the collection.',
  })
}
