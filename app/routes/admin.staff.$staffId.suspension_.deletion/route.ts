import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { liftSuspension } from '#app/domain/accounts/suspension.server.ts'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import { answerChange } from '#app/http/answer-change.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

/** A button of the person's page; its address alone leads there. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.staffMember(idOf(params.staffId)), 303)
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const userId = idOf(params.staffId)
  await parseForm(request, emptySchema)
  const result = await liftSuspension({ userId, by: staff.id, among: 'staff' })
  if (result.ok)
    logSecurityEvent(context, 'user_updated', {
      userId: staff.id,
      onUserId: userId,
      attribute: 'suspended',
      to: 'no',
    })
  return answerChange(result, { page: urls.admin.staffMember(userId), done: 'The suspension is lifted.' })
}
