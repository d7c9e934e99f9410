import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { RedirectForm } from '#app/components/admin/redirect-form.tsx'
import { redirectRefusal, savedToast } from '#app/components/admin/redirect-messages.ts'
import { getRedirect, updateRedirect } from '#app/domain/redirects/edit-redirects.server.ts'
import { redirectSchema } from '#app/domain/redirects/redirects.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Edit redirect')

export async function loader({ params }: LoaderFunctionArgs) {
  const { id, path, target, version } = orNotFound(await getRedirect(parseId(params.redirectId)))
  return { id, path, target, version, constraint: constraintsOf(redirectSchema) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, redirectSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const id = parseId(params.redirectId)
  const result = await updateRedirect({ ...submission.value, id, by: staff.id })
  if (!result.ok) return formResponse(submission, redirectRefusal(result.reason))
  return redirectWithToast(urls.admin.redirects(), savedToast(result.isInUse))
}

export const shouldRevalidate = revalidateForm

export default function EditRedirect() {
  const { id, path, target, version, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHead crumbs={[{ to: urls.admin.redirects(), label: 'Redirects' }]} title="Edit redirect">
        <Link className="button" to={urls.admin.deleteRedirect(id)}>
          Delete
        </Link>
      </PageHead>
      <RedirectForm
        key={version}
        action={`${urls.admin.redirect(id)}?index`}
        constraint={constraint}
        answer={answer}
        redirect={{ path, target, version }}
      />
    </>
  )
}
