import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { positionSchema } from '#app/domain/fields.ts'
import { membersPerPage, moveMember } from '#app/domain/collections/collection-members.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** POST only; a GET redirects to the list. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.collectionProducts(parseId(params.collectionId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const collectionId = parseId(params.collectionId)
  const list = urls.admin.collectionProducts(collectionId)
  const submission = await parseForm(request, positionSchema)
  if (submission.status !== 'success')
    return redirectWithToast(list, {
      kind: 'error',
      text: 'Enter a position of 1 or more. Nothing was moved.',
    })
  const { position } = submission.value
  const productId = parseId(params.productId)
  const isMoved = await moveMember({ collectionId, productId, position, by: staff.id })
  if (!isMoved) throw orNotFound(null)
  return redirect(`${list}?page=${Math.ceil(position / membersPerPage)}`, 303)
}
