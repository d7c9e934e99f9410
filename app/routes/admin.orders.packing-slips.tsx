import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { documentLinks, DocumentPage, DocumentPages } from '#app/components/document/document-page.tsx'
import { PackingSlip } from '#app/components/document/packing-slip.tsx'
import { listPackingSlips, maxPackingSlips } from '#app/domain/orders/packing-slips.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const links = documentLinks

export const meta = () => adminMeta('Packing slips')

/** One page for each selected order: `?order=12&order=13`. */
export async function loader({ request }: LoaderFunctionArgs) {
  const settings = orNotFound(await getSettings())
  const typed = new URL(request.url).searchParams.getAll('order')
  const ids = [...new Set(typed.filter((id) => /^[1-9]\d{0,14}$/.test(id)).map(Number))]
  const isTooMany = ids.length > maxPackingSlips
  const slips = isTooMany ? [] : await listPackingSlips(ids, settings)
  return { slips, isTooMany, paper: settings.paperSize }
}

export default function PackingSlips() {
  const { slips, isTooMany, paper } = useLoaderData<typeof loader>()
  const back = { to: urls.admin.orders(), label: 'Orders' }
  if (slips.length === 0)
    return (
      <DocumentPage back={back} paper={paper}>
        <h1 tabIndex={-1}>Packing slips</h1>
        <p>
          {isTooMany
            ? 'Select fewer orders: 50 packing slips can be printed at once.'
            : 'Select the orders to print in the list of orders.'}
        </p>
      </DocumentPage>
    )
  return (
    <DocumentPages
      back={back}
      paper={paper}
      pages={slips.map((slip) => ({ key: slip.id, page: <PackingSlip slip={slip} /> }))}
    />
  )
}
