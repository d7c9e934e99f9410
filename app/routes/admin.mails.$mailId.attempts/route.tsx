import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import { resendMail } from '#app/domain/mail/send-mail.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

/** Trying again is a button; its address alone leads to the mail. */
export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.mail(idOf(params.mailId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const mailId = idOf(params.mailId)
  await parseForm(request, emptySchema)
  const isQueued = await resendMail(mailId, staff.id)
  return redirectWithToast(
    urls.admin.mail(mailId),
    isQueued
      ? { kind: 'success', text: 'The mail is in the queue again.' }
      : { kind: 'info', text: 'This mail is sent, or waiting already.' },
  )
}
