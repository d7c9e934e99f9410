import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { memberSchema } from '#app/domain/catalog/collection.schema.ts'
import { membersPerPage, placeMember } from '#app/domain/catalog/collection-members.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

/** A member's place is set by buttons; its address alone leads to the list. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.collectionProducts(idOf(params.collectionId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const collectionId = idOf(params.collectionId)
  const list = urls.admin.collectionProducts(collectionId)
  const submission = await parseForm(request, memberSchema)
  if (submission.status !== 'success')
    return redirectWithToast(list, { kind: 'error', text: 'Enter a place, 1 or more. Nothing was moved.' })
  const { position } = submission.value
  const productId = idOf(params.productId)
  const isMoved = await placeMember({ collectionId, productId, position, by: staff.id })
  if (!isMoved) throw orNotFound(null)
  return redirect(`${list}?page=${Math.ceil(position / membersPerPage)}`, 303)
}
