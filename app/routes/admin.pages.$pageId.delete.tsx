import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ConfirmDelete } from '#app/components/admin/confirm-delete.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { deletePage, getPageForStaff } from '#app/domain/pages/edit-pages.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Delete page')

export async function loader({ params }: LoaderFunctionArgs) {
  const { id, title, kind } = orNotFound(await getPageForStaff(parseId(params.pageId)))
  return { id, title, kind }
}

export const action = buttonAction({
  ids: ['pageId'],
  command: ({ pageId }, by) => deletePage(pageId, by),
  page: () => urls.admin.pages(),
  done: ({ title }) => ({ kind: 'success', text: `“${title}” was deleted.` }),
}).action

export default function DeletePage() {
  const { id, title, kind } = useLoaderData<typeof loader>()
  return (
    <ConfirmDelete
      title={title}
      submit={kind === 'policy' ? 'Delete policy' : 'Delete page'}
      back={urls.admin.page(id)}
    >
      It is removed from the store with its text, and the store no longer links to it. This can’t be undone.
    </ConfirmDelete>
  )
}
