import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { revokeInvitation } from '#app/domain/staff/invitations.server.ts'
import { staffRefusalMessages } from '#app/domain/staff/staff.ts'
import { emptySchema } from '#app/domain/products/product.schema.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

/** POST only; a GET redirects to the list. */
export async function loader() {
  return redirect(urls.admin.staff(), 303)
}

const refusals = {
  ...staffRefusalMessages,
  'not-found': 'This invitation was already accepted or revoked.',
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const id = parseId(params.invitationId)
  await parseForm(request, emptySchema)
  const result = await revokeInvitation({ id, by: staff.id })
  return redirectWithToast(
    urls.admin.staff(),
    result.ok
      ? { kind: 'success', text: `The invitation for ${result.email} was revoked.` }
      : { kind: 'error', text: refusals[result.reason] },
  )
}
