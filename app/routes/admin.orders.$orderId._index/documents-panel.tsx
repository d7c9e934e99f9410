import { Link } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { useMoney } from '#app/components/shop.ts'
import { hasOpenInvoice, invoiceName, seriesLabels } from '#app/domain/invoices/invoices.ts'
import { urls } from '#app/urls.ts'
import type { OrderPage } from './route.tsx'

/** The order's invoices and credit notes, and its packing slip. */
export function DocumentsPanel({ order, lines, invoices }: OrderPage) {
  const money = useMoney()
  return (
    <Panel title="Documents">
      <dl className="facts">
        {invoices.map((invoice) => (
          <div key={invoice.id}>
            <dt>{seriesLabels[invoice.series]}</dt>
            <dd>
              <Link className="numeric" to={urls.admin.orderInvoice(order.id, invoice.id)}>
                {invoiceName(invoice)},{' '}
                {invoice.total < 0 ? `−${money(-invoice.total)}` : money(invoice.total)}
              </Link>
            </dd>
          </div>
        ))}
        {!order.canceledAt && lines.some((line) => line.requiresShipping) && (
          <div>
            <dt>Shipping</dt>
            <dd>
              <Link to={urls.admin.packingSlip(order.id)}>Packing slip</Link>
            </dd>
          </div>
        )}
      </dl>
      {!order.canceledAt && order.paymentState !== 'refunded' && !hasOpenInvoice(invoices) && (
        <div className="apart">
          <ActionForm to={urls.admin.orderInvoices(order.id)}>Issue invoice</ActionForm>
          <p className="soft small">
            {order.paymentMethod === 'cash-on-delivery'
              ? 'Otherwise it is issued when all items are shipped.'
              : 'Otherwise it is issued when the order is paid.'}
          </p>
        </div>
      )}
    </Panel>
  )
}
