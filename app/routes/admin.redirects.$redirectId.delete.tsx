import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ConfirmDelete } from '#app/components/admin/confirm-delete.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { emptySchema } from '#app/domain/products/product.schema.ts'
import { deleteRedirect, getRedirect } from '#app/domain/redirects/edit-redirects.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Delete redirect')

export async function loader({ params }: LoaderFunctionArgs) {
  const { id, path, target } = orNotFound(await getRedirect(parseId(params.redirectId)))
  return { id, path, target }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  await parseForm(request, emptySchema)
  await deleteRedirect(parseId(params.redirectId), staff.id)
  return redirectWithToast(urls.admin.redirects(), { kind: 'success', text: 'Redirect deleted.' })
}

export default function DeleteRedirect() {
  const { id, path, target } = useLoaderData<typeof loader>()
  return (
    <ConfirmDelete title={path} submit="Delete redirect" back={urls.admin.redirect(id)}>
      Visitors of this address will no longer be led to <span className="web-address">{target}</span>.
    </ConfirmDelete>
  )
}
