import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { documentLinks, DocumentPage } from '#app/components/document/document-page.tsx'
import { InvoiceDocument } from '#app/components/document/invoice-document.tsx'
import { invoiceName, seriesLabels } from '#app/domain/invoices/invoices.ts'
import { getInvoice } from '#app/domain/invoices/invoices.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const links = documentLinks

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(data ? `${seriesLabels[data.invoice.series]} ${invoiceName(data.invoice)}` : 'Invoice')

export async function loader({ params }: LoaderFunctionArgs) {
  const [invoice, settings] = await Promise.all([
    getInvoice(parseId(params.orderId), parseId(params.invoiceId)),
    getSettings(),
  ])
  return { invoice: orNotFound(invoice), paper: orNotFound(settings).paperSize }
}

export default function Invoice() {
  const { invoice, paper } = useLoaderData<typeof loader>()
  const back = { to: urls.admin.order(invoice.orderId), label: `Order ${invoice.content.orderName}` }
  return (
    <DocumentPage back={back} paper={paper}>
      <InvoiceDocument invoice={invoice} />
    </DocumentPage>
  )
}
