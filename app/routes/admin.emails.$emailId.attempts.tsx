import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { emptySchema } from '#app/domain/products/product.schema.ts'
import { resendEmail } from '#app/domain/emails/send-email.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

/** POST only; a GET redirects to the email. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.email(parseId(params.emailId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const emailId = parseId(params.emailId)
  await parseForm(request, emptySchema)
  const isQueued = await resendEmail(emailId, staff.id)
  return redirectWithToast(
    urls.admin.email(emailId),
    isQueued
      ? { kind: 'success', text: 'Email queued again.' }
      : { kind: 'info', text: 'This email was already sent or is queued.' },
  )
}
