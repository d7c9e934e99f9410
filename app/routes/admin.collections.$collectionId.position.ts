import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { moveCollection } from '#app/domain/collections/collection-order.server.ts'
import { positionSchema } from '#app/domain/fields.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const loader = (_: LoaderFunctionArgs) => redirect(urls.admin.collectionMenu(), 303)

/** Moves the collection among its siblings. */
export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const id = parseId(params.collectionId)
  const submission = await parseForm(request, positionSchema)
  if (submission.status !== 'success') throw new Response('Bad request', { status: 400 })
  const isMoved = await moveCollection({ id, position: submission.value.position, by: staff.id })
  if (!isMoved) throw orNotFound(null)
  return redirect(urls.admin.collectionMenu(), 303)
}
