import type { ActionFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { RedirectForm } from '#app/components/admin/redirect-form.tsx'
import { redirectRefusal, savedToast } from '#app/components/admin/redirect-messages.ts'
import { createRedirect } from '#app/domain/redirects/edit-redirects.server.ts'
import { newRedirectSchema } from '#app/domain/redirects/redirects.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Add redirect')

export const loader = () => ({ constraint: constraintsOf(newRedirectSchema) })

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, newRedirectSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await createRedirect({ ...submission.value, by: staff.id })
  if (!result.ok) return formResponse(submission, redirectRefusal(result.reason))
  return redirectWithToast(urls.admin.redirects(), savedToast(result.isInUse))
}

export default function NewRedirect() {
  const { constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHead crumbs={[{ to: urls.admin.redirects(), label: 'Redirects' }]} title="Add redirect" />
      <RedirectForm constraint={constraint} answer={answer} />
    </>
  )
}
