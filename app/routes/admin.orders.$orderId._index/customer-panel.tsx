import { Link } from '@remix-run/react'
import { Panel } from '#app/components/admin/panel.tsx'
import { urls } from '#app/urls.ts'
import type { OrderPage } from './route.tsx'

/** Who ordered, where it goes, and what they wrote. */
export function CustomerPanel({ order, country, customerId }: OrderPage) {
  const cityLine = [order.shipPostcode, order.shipCity].filter(Boolean).join(' ')
  const address = [
    order.shipName,
    order.shipCompany,
    order.shipLine1,
    order.shipLine2,
    cityLine,
    order.shipRegion,
    country,
  ]
  return (
    <Panel title="Customer">
      <dl className="facts">
        {customerId !== null && (
          <div>
            <dt>Account</dt>
            <dd>
              <Link to={urls.admin.customer(customerId)}>See the customer</Link>
            </dd>
          </div>
        )}
        <div>
          <dt>E-mail</dt>
          <dd>
            <a href={`mailto:${encodeURIComponent(order.email)}`}>{order.email}</a>
          </dd>
        </div>
        {order.phone && (
          <div>
            <dt>Phone</dt>
            <dd>
              <a href={`tel:${order.phone.replace(/[^+\d]/g, '')}`}>{order.phone}</a>
            </dd>
          </div>
        )}
        <div>
          <dt>Delivery address</dt>
          <dd>
            <address className="address" dir="auto">
              {address.filter(Boolean).join('\n')}
            </address>
          </dd>
        </div>
        <div>
          <dt>Delivery</dt>
          <dd dir="auto">{order.shippingLabel}</dd>
        </div>
        {order.customerNote && (
          <div>
            <dt>The customer wrote</dt>
            <dd className="quote" dir="auto">
              {order.customerNote}
            </dd>
          </div>
        )}
        <div>
          <dt>More</dt>
          <dd>
            <Link to={`${urls.admin.orders()}?q=${encodeURIComponent(order.email)}`}>
              All orders of this customer
            </Link>
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
