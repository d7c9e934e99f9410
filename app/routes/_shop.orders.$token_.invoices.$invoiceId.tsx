import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { documentLinks, DocumentPage } from '#app/components/document/document-page.tsx'
import { InvoiceDocument } from '#app/components/document/invoice-document.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { invoiceName, seriesLabels } from '#app/domain/invoices/invoices.ts'
import { getInvoiceByToken } from '#app/domain/invoices/invoices.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const links = documentLinks

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? pageMeta(matches, {
        title: `${seriesLabels[data.invoice.series]} ${invoiceName(data.invoice)}`,
        isPrivate: true,
      })
    : []

export const headers = () => noStore

/** For anyone with the token of the order, as its page. */
export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token!
  const [invoice, settings] = await Promise.all([
    getInvoiceByToken(token, parseId(params.invoiceId)),
    getSettings(),
  ])
  return data(
    { token, invoice: orNotFound(invoice), paper: orNotFound(settings).paperSize },
    { headers: noStore },
  )
}

export default function Invoice() {
  const { token, invoice, paper } = useLoaderData<typeof loader>()
  const back = { to: urls.order(token), label: `Order ${invoice.content.orderName}` }
  return (
    <div className="page">
      <DocumentPage back={back} paper={paper}>
        <InvoiceDocument invoice={invoice} />
      </DocumentPage>
    </div>
  )
}
