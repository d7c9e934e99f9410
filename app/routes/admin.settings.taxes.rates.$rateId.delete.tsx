import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ConfirmDelete } from '#app/components/admin/confirm-delete.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { placeName } from '#app/domain/shipping/places.server.ts'
import { formatRate } from '#app/domain/taxes/tax-rate.ts'
import { deleteTaxRate, getTaxRate } from '#app/domain/taxes/tax-rates.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'settings' } satisfies RouteHandle

export const meta = () => adminMeta('Delete tax rate')

export async function loader({ params }: LoaderFunctionArgs) {
  const rate = orNotFound(await getTaxRate(parseId(params.rateId)))
  return { id: rate.id, title: `${placeName(rate)}: ${formatRate(rate.rate)}` }
}

export const action = buttonAction({
  ids: ['rateId'],
  command: ({ rateId }, by) => deleteTaxRate(rateId, by),
  page: () => urls.admin.settings('taxes'),
  done: 'Rate deleted.',
}).action

export default function DeleteTaxRate() {
  const { id, title } = useLoaderData<typeof loader>()
  return (
    <ConfirmDelete title={title} submit="Delete rate" back={urls.admin.taxRate(id)}>
      New orders are no longer taxed at this rate. Existing orders don’t change.
    </ConfirmDelete>
  )
}
