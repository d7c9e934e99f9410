import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { suspendUser } from '#app/domain/staff/suspension.server.ts'
import { emptySchema } from '#app/domain/products/product.schema.ts'
import { changeResponse } from '#app/http/forms/change-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { logSecurityEvent } from '#app/http/server/security-events.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

/** POST only; a GET redirects to the staff member. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.staffMember(parseId(params.staffId)), 303)
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const userId = parseId(params.staffId)
  await parseForm(request, emptySchema)
  const result = await suspendUser({ userId, by: staff.id, among: 'staff' })
  if (result.ok)
    logSecurityEvent(context, 'user_updated', {
      userId: staff.id,
      onUserId: userId,
      attribute: 'suspended',
      to: 'yes',
    })
  return changeResponse(result, {
    page: urls.admin.staffMember(userId),
    done: 'Suspended and signed out on all devices.',
  })
}
