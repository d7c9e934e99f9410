import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { positionSchema } from '#app/domain/fields.ts'
import { movePinned } from '#app/domain/search/edit-pins.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** POST only; a GET redirects to the list. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.searchPin(parseId(params.pinId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const pinId = parseId(params.pinId)
  const list = urls.admin.searchPin(pinId)
  const submission = await parseForm(request, positionSchema)
  if (submission.status !== 'success')
    return redirectWithToast(list, {
      kind: 'error',
      text: 'Enter a position of 1 or more. Nothing was moved.',
    })
  const productId = parseId(params.productId)
  const isMoved = await movePinned({ ...submission.value, pinId, productId, by: staff.id })
  if (!isMoved) throw orNotFound(null)
  return redirect(list, 303)
}
