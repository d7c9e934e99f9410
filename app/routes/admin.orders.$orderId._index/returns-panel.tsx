import { Link } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { Status, type StatusTone } from '#app/components/admin/status.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { plural } from '#app/domain/intl.ts'
import { type ReturnState, returnStateLabels } from '#app/domain/orders/order-states.ts'
import type { Return } from '#app/domain/returns/returns.server.ts'
import { urls } from '#app/urls.ts'
import type { OrderPage } from './route.tsx'

const tones = {
  requested: 'warn',
  approved: 'warn',
  declined: 'plain',
  received: 'warn',
  refunded: 'good',
  canceled: 'plain',
} satisfies Record<ReturnState, StatusTone>

/** The order's returns, and what staff can do next with each. */
export function ReturnsPanel({ returns }: Pick<OrderPage, 'returns'>) {
  if (returns.length === 0) return null
  return (
    <Panel title={plural(returns.length, 'Return')}>
      <ol className="facts" role="list">
        {returns.map((one) => (
          <li key={one.id}>
            <p>
              <Status tone={tones[one.state]}>{returnStateLabels[one.state]}</Status>{' '}
              <span className="soft">
                <DateTime at={one.createdAt} />
              </span>
            </p>
            <ul className="small" role="list">
              {one.lines.map((line) => (
                <li key={line.orderLineId} dir="auto">
                  {line.quantity} × {[line.title, line.variantTitle].filter(Boolean).join(', ')}
                  {line.restockedQuantity > 0 && `, ${line.restockedQuantity} restocked`}
                </li>
              ))}
            </ul>
            {one.reason && (
              <p className="quote" dir="auto">
                {one.reason}
              </p>
            )}
            {one.answer && (
              <p className="soft small" dir="auto">
                Answer: {one.answer}
              </p>
            )}
            <NextSteps one={one} />
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function NextSteps({ one: { id, orderId, state } }: { one: Return }) {
  if (state === 'requested')
    return (
      <div className="row-of-actions">
        <Link className="button" to={urls.admin.answerReturn(orderId, id)}>
          Approve or decline
        </Link>
      </div>
    )
  if (state === 'approved')
    return (
      <div className="row-of-actions">
        <Link className="button" to={urls.admin.receiveReturn(orderId, id)}>
          Mark as received
        </Link>
        <ActionForm to={urls.admin.cancelReturn(orderId, id)} look="button button--quiet">
          Cancel return
        </ActionForm>
      </div>
    )
  if (state !== 'received') return null
  return (
    <div className="row-of-actions">
      <Link className="button" to={urls.admin.refundOrder(orderId, id)}>
        Refund
      </Link>
    </div>
  )
}
