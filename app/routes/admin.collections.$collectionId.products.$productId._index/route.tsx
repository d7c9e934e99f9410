import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { memberSchema } from '#app/domain/catalog/collection.schema.ts'
import { membersPerPage, placeMember } from '#app/domain/catalog/collection-members.server.ts'
import { requireStaff } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

/** A member's place is set by buttons; its address alone leads to the list. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireStaff(request)
  return redirect(urls.admin.collectionProducts(idOf(params.collectionId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  await requireStaff(request)
  const collectionId = idOf(params.collectionId)
  const list = urls.admin.collectionProducts(collectionId)
  const submission = await parseForm(request, memberSchema)
  if (submission.status !== 'success')
    return redirectWithToast(list, { kind: 'error', text: 'Enter a place, 1 or more. Nothing was moved.' })
  const { position } = submission.value
  const isMoved = await placeMember({ collectionId, productId: idOf(params.productId), position })
  if (!isMoved) throw orNotFound(null)
  return redirect(`${list}?page=${Math.ceil(position / membersPerPage)}`, 303)
}
