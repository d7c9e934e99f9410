import { Link } from '@remix-run/react'
import { invoiceName, seriesLabels } from '#app/domain/invoices/invoices.ts'
import type { listInvoices } from '#app/domain/invoices/invoices.server.ts'
import { urls } from '#app/urls.ts'

/** The order's invoices and credit notes, oldest first. */
export function InvoiceLinks({
  invoices,
  token,
}: {
  invoices: Awaited<ReturnType<typeof listInvoices>>
  token: string
}) {
  return invoices.map((invoice) => (
    <p key={invoice.id}>
      <Link to={urls.orderInvoice(token, invoice.id)}>
        {seriesLabels[invoice.series]} {invoiceName(invoice)}
      </Link>
    </p>
  ))
}
