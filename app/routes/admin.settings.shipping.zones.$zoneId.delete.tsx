import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ConfirmDelete } from '#app/components/admin/confirm-delete.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { formatCount } from '#app/domain/intl.ts'
import { countZones, deleteZone, getZone } from '#app/domain/shipping/zones.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Delete shipping zone')

export async function loader({ params }: LoaderFunctionArgs) {
  const [zone, count] = await Promise.all([getZone(parseId(params.zoneId)), countZones()])
  const { id, title, methods } = orNotFound(zone)
  return { id, title, methodCount: methods.length, isLast: count === 1 }
}

export const action = buttonAction({
  ids: ['zoneId'],
  command: ({ zoneId }, by) => deleteZone(zoneId, by),
  page: () => urls.admin.settings('shipping'),
  done: ({ title }) => ({ kind: 'success', text: `“${title}” was deleted.` }),
}).action

export default function DeleteZone() {
  const { id, title, methodCount, isLast } = useLoaderData<typeof loader>()
  return (
    <ConfirmDelete title={title} submit="Delete zone" back={urls.admin.shippingZone(id)}>
      This deletes the zone
      {methodCount > 0 && ` with its ${formatCount(methodCount, 'method')}`}.{' '}
      {isLast
        ? 'It is the last zone: the store uses the single rate and the list of countries again.'
        : 'Its addresses can’t check out, unless another zone has them.'}{' '}
      Existing orders don’t change.
    </ConfirmDelete>
  )
}
