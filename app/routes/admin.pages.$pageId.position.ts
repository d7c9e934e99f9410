import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { positionSchema } from '#app/domain/fields.ts'
import { moveInFooter } from '#app/domain/pages/edit-pages.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** POST only; a GET redirects to the pages. */
export const loader = () => redirect(urls.admin.pages(), 303)

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, positionSchema)
  if (submission.status !== 'success') throw new Response('Bad request', { status: 400 })
  const id = parseId(params.pageId)
  if (!(await moveInFooter({ ...submission.value, id, by: staff.id }))) throw orNotFound(null)
  return redirect(urls.admin.pages(), 303)
}
