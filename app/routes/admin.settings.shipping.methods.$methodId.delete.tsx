import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ConfirmDelete } from '#app/components/admin/confirm-delete.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { deleteMethod, getMethod } from '#app/domain/shipping/methods.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Delete shipping method')

export async function loader({ params }: LoaderFunctionArgs) {
  const { method, zone } = orNotFound(await getMethod(parseId(params.methodId)))
  return { id: method.id, title: method.title, zone: zone.title }
}

export const action = buttonAction({
  ids: ['methodId'],
  command: ({ methodId }, by) => deleteMethod(methodId, by),
  page: (_, done) => (done ? urls.admin.shippingZone(done.zoneId) : urls.admin.settings('shipping')),
  done: ({ title }) => ({ kind: 'success', text: `“${title}” was deleted.` }),
}).action

export default function DeleteMethod() {
  const { id, title, zone } = useLoaderData<typeof loader>()
  return (
    <ConfirmDelete title={title} submit="Delete method" back={urls.admin.shippingMethod(id)}>
      Customers in the zone “{zone}” can no longer choose it. Existing orders don’t change.
    </ConfirmDelete>
  )
}
