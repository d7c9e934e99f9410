import { ActionForm } from '#app/components/admin/action-form.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { Status, type StatusTone } from '#app/components/admin/status.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { useMoney } from '#app/components/shop.ts'
import type { Refund } from '#app/domain/billing/refunds.server.ts'
import { plural } from '#app/domain/intl.ts'
import { paymentLabels } from '#app/domain/payments/payments.ts'
import { urls } from '#app/urls.ts'
import type { OrderPage } from './route.tsx'

/** The order's refunds: what each is for, and how its money goes back. */
export function RefundsPanel({ order, refunds }: Pick<OrderPage, 'order' | 'refunds'>) {
  const money = useMoney()
  if (refunds.length === 0) return null
  return (
    <Panel title={plural(refunds.length, 'Refund')}>
      <ol className="facts" role="list">
        {refunds.map((refund) => (
          <li key={refund.id}>
            <p>
              <b className="numeric">{money(refund.amount)}</b>{' '}
              <span className="soft">
                <DateTime at={refund.createdAt} />
                {refund.isExternal ? ', made at the payment provider' : refund.by && `, ${refund.by}`}
              </span>
            </p>
            <ul className="soft small" role="list">
              {refund.lines.map((line) => (
                <li key={line.orderLineId} dir="auto">
                  {line.quantity} × {[line.title, line.variantTitle].filter(Boolean).join(', ')}:{' '}
                  {money(line.amount)}
                  {line.restockedQuantity > 0 && `, ${line.restockedQuantity} restocked`}
                </li>
              ))}
              {refund.shippingAmount > 0 && <li>Shipping: {money(refund.shippingAmount)}</li>}
              {refund.extraAmount > 0 && <li>Other amount: {money(refund.extraAmount)}</li>}
              {refund.reason && <li dir="auto">Reason: {refund.reason}</li>}
            </ul>
            {refund.transfers.map((transfer) => (
              <Transfer key={transfer.id} orderId={order.id} refund={refund} transfer={transfer} />
            ))}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

type TransferOf = Refund['transfers'][number]

const tones = { pending: 'warn', done: 'good', failed: 'bad' } satisfies Record<
  TransferOf['status'],
  StatusTone
>
const labels = { pending: 'Pending', done: 'Refunded', failed: 'Failed' } satisfies Record<
  TransferOf['status'],
  string
>

function Transfer({ orderId, refund, transfer }: { orderId: number; refund: Refund; transfer: TransferOf }) {
  const money = useMoney()
  const sent = refund.transfers.reduce(
    (sum, { status, amount }) => sum + (status === 'failed' ? 0 : amount),
    0,
  )
  const isOpen = transfer.status === 'failed' && refund.amount - sent >= transfer.amount
  return (
    <div className="transfer">
      <p>
        <Status tone={tones[transfer.status]}>{labels[transfer.status]}</Status> {money(transfer.amount)},{' '}
        {paymentLabels[transfer.method].toLowerCase()}
        {transfer.failure && <span className="sub">{transfer.failure}</span>}
      </p>
      {isOpen && (
        <div className="row-of-actions">
          <ActionForm to={urls.admin.retryRefund(orderId, transfer.id)}>Try again</ActionForm>
          <ActionForm to={urls.admin.refundSent(orderId, transfer.id)}>Sent in another way</ActionForm>
        </div>
      )}
    </div>
  )
}
