import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { endSessionsOfPerson } from '#app/domain/accounts/suspension.server.ts'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import { answerChange } from '#app/http/answer-change.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { logSecurityEvent } from '#app/http/security-events.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'customers' } satisfies RouteHandle

/** A button of the person's page; its address alone leads there. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.customer(idOf(params.customerId)), 303)
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const userId = idOf(params.customerId)
  await parseForm(request, emptySchema)
  const result = await endSessionsOfPerson({ userId, by: staff.id, among: 'customers' })
  if (result.ok)
    logSecurityEvent(context, 'session_expired', {
      userId: staff.id,
      onUserId: userId,
      reason: 'ended-by-staff',
    })
  return answerChange(result, { page: urls.admin.customer(userId), done: 'Signed out everywhere.' })
}
