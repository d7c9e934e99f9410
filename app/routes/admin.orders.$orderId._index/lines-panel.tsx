import { Link } from '@remix-run/react'
import { Panel } from '#app/components/admin/panel.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { OrderSums } from '#app/components/admin/order-sums.tsx'
import { useMoney } from '#app/components/shop.ts'
import { canBeEdited } from '#app/domain/orders/order-states.ts'
import { urls } from '#app/urls.ts'
import { formatCount } from '#app/domain/intl.ts'
import type { OrderPage } from './route.tsx'

/** The order lines and the price breakdown. */
export function LinesPanel({ order, lines }: OrderPage) {
  const money = useMoney()
  const itemCount = lines.reduce((sum, line) => sum + line.quantity, 0)
  return (
    <Panel
      title={formatCount(itemCount, 'item')}
      flush
      action={canBeEdited(order) && <Link to={urls.admin.editOrder(order.id)}>Edit items</Link>}
    >
      <ul className="lines" role="list">
        {lines.map((line) => (
          <li key={line.id}>
            <span className="with-thumb">
              <Thumbnail image={line.image} />
              <span className="list">
                {line.productId === null ? (
                  <b dir="auto">{line.title}</b>
                ) : (
                  <Link className="list__link" to={urls.admin.product(line.productId)} dir="auto">
                    <b>{line.title}</b>
                  </Link>
                )}
                <span className="sub" dir="auto">
                  {[line.variantTitle, line.sku].filter(Boolean).join(' · ')}
                </span>
              </span>
            </span>
            <span className="lines__quantity">
              {line.quantity} × {money(line.unitPrice)}
              {line.fulfilledQuantity > 0 && line.fulfilledQuantity < line.quantity && (
                <span className="sub">{line.fulfilledQuantity} shipped</span>
              )}
              {line.removedQuantity > 0 && (
                <span className="sub">{line.removedQuantity} refunded, not shipped</span>
              )}
            </span>
            <span className="lines__amount">
              {money(line.lineTotal)}
              {line.discountTotal > 0 && <span className="sub">−{money(line.discountTotal)}</span>}
            </span>
          </li>
        ))}
      </ul>
      <div className="panel__foot">
        <OrderSums totals={order} />
      </div>
    </Panel>
  )
}
