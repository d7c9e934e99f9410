import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { withdrawInvitation } from '#app/domain/accounts/invitations.server.ts'
import { staffRefusalText } from '#app/domain/accounts/staff.ts'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

/** A button of the list; its address alone leads there. */
export async function loader() {
  return redirect(urls.admin.staff(), 303)
}

const refusals = {
  ...staffRefusalText,
  gone: 'This invitation was accepted or withdrawn meanwhile.',
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const id = idOf(params.invitationId)
  await parseForm(request, emptySchema)
  const result = await withdrawInvitation({ id, by: staff.id })
  return redirectWithToast(
    urls.admin.staff(),
    result.ok
      ? { kind: 'success', text: `The invitation of ${result.email} is withdrawn. Its link is dead.` }
      : { kind: 'error', text: refusals[result.reason] },
  )
}
