import { Link } from '@remix-run/react'
import { Panel } from '#app/components/admin/panel.tsx'
import { urls } from '#app/urls.ts'
import type { OrderPage } from './route.tsx'

/** Who ordered, the shipping address, and the customer's note. */
export function CustomerPanel({ order, shipTo, customerId }: OrderPage) {
  return (
    <Panel
      title="Customer"
      action={
        !order.canceledAt &&
        order.fulfillmentState !== 'fulfilled' && <Link to={urls.admin.editOrderAddress(order.id)}>Edit</Link>
      }
    >
      <dl className="facts">
        {customerId !== null && (
          <div>
            <dt>Account</dt>
            <dd>
              <Link to={urls.admin.customer(customerId)}>View customer</Link>
            </dd>
          </div>
        )}
        <div>
          <dt>Email</dt>
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
          <dt>{order.isPickup ? 'Address' : 'Shipping address'}</dt>
          <dd>
            <address className="address" dir="auto">
              {shipTo.join('\n')}
            </address>
          </dd>
        </div>
        <div>
          <dt>{order.isPickup ? 'Local pickup' : 'Shipping method'}</dt>
          <dd dir="auto">{order.shippingLabel}</dd>
        </div>
        {order.vatNumber && (
          <div>
            <dt>VAT number</dt>
            <dd>
              {order.vatNumber}
              {order.isReverseCharge && ', reverse charge'}
            </dd>
          </div>
        )}
        {order.customerNote && (
          <div>
            <dt>Customer note</dt>
            <dd className="quote" dir="auto">
              {order.customerNote}
            </dd>
          </div>
        )}
        <div>
          <dt>Orders</dt>
          <dd>
            <Link to={`${urls.admin.orders()}?q=${encodeURIComponent(order.email)}`}>
              All orders from this customer
            </Link>
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
