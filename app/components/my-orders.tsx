import { Link } from '@remix-run/react'
import { formatMoney } from '#app/domain/money.ts'
import type { MyOrder } from '#app/domain/orders/my-orders.server.ts'
import { orderName, statusForBuyer } from '#app/domain/orders/orders.ts'
import { urls } from '#app/urls.ts'
import { Day } from './day.tsx'
import { OrderAgain } from './order-again.tsx'
import { useShop } from './shop.ts'

/** Orders of somebody who is signed in: where each stands, what was in it, and the same once more. */
export function MyOrders({ orders, level: Heading = 'h2' }: { orders: MyOrder[]; level?: 'h2' | 'h3' }) {
  const shop = useShop()
  return (
    <ul role="list" className="rows">
      {orders.map((order) => (
        <li key={order.id} className="row">
          <div className="row__words">
            <Heading className="row__title">
              <Link to={urls.order(order.token)}>Order {orderName(order)}</Link>
            </Heading>
            <p className="soft small">
              <Day at={order.placedAt} /> · {statusForBuyer(order)}
            </p>
            <p className="small" dir="auto">
              {contents(order)}
            </p>
          </div>
          <div className="row__side">
            <p className="numeric">
              {formatMoney(order.total, { currency: order.currency, locale: shop?.locale ?? 'en' })}
            </p>
            <OrderAgain order={order} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/** "2 items: Clay pot, Vase and 3 more" */
function contents({ pieces, titles }: MyOrder): string {
  const shown = titles.slice(0, 2).join(', ')
  const more = titles.length > 2 ? ` and ${titles.length - 2} more` : ''
  return `${pieces === 1 ? '1 item' : `${pieces} items`}: ${shown}${more}`
}
