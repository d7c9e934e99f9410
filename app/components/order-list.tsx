import { Link } from '@remix-run/react'
import { formatCount } from '#app/domain/intl.ts'
import type { CustomerOrder } from '#app/domain/orders/my-orders.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { statusForCustomer } from '#app/domain/orders/order-states.ts'
import { urls } from '#app/urls.ts'
import { FormattedDate } from './formatted-date.tsx'
import { ReorderButton } from './reorder-button.tsx'
import { useMoney } from './shop.ts'

/** A customer's orders: status, items, and a button to reorder. */
export function OrderList({
  orders,
  level: Heading = 'h2',
}: {
  orders: CustomerOrder[]
  level?: 'h2' | 'h3'
}) {
  const money = useMoney()
  return (
    <ul role="list" className="rows">
      {orders.map((order) => (
        <li key={order.id} className="row">
          <div className="row__words">
            <Heading className="row__title">
              <Link to={urls.order(order.token)}>Order {orderName(order)}</Link>
            </Heading>
            <p className="soft small">
              <FormattedDate at={order.placedAt} /> · {statusForCustomer(order)}
            </p>
            <p className="small" dir="auto">
              {contents(order)}
            </p>
          </div>
          <div className="row__side">
            <p className="numeric">{money(order.total)}</p>
            <ReorderButton order={order} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/** "2 items: Clay pot, Vase and 3 more" */
function contents({ itemCount, titles }: CustomerOrder): string {
  const shown = titles.slice(0, 2).join(', ')
  const more = titles.length > 2 ? ` and ${titles.length - 2} more` : ''
  return `${formatCount(itemCount, 'item')}: ${shown}${more}`
}
