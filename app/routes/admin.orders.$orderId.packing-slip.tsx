import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { documentLinks, DocumentPage } from '#app/components/document/document-page.tsx'
import { PackingSlip } from '#app/components/document/packing-slip.tsx'
import { listPackingSlips } from '#app/domain/orders/packing-slips.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const links = documentLinks

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(data ? `Packing slip of ${data.slip.name}` : 'Packing slip')

export async function loader({ params }: LoaderFunctionArgs) {
  const settings = orNotFound(await getSettings())
  const [slip] = await listPackingSlips([parseId(params.orderId)], settings)
  return { slip: orNotFound(slip ?? null), paper: settings.paperSize }
}

export default function PackingSlipPage() {
  const { slip, paper } = useLoaderData<typeof loader>()
  return (
    <DocumentPage back={{ to: urls.admin.order(slip.id), label: `Order ${slip.name}` }} paper={paper}>
      <PackingSlip slip={slip} />
    </DocumentPage>
  )
}
