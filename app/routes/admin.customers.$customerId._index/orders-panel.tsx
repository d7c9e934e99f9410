import { Link } from '@remix-run/react'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { FulfillmentStatus, PaymentStatus } from '#app/components/admin/status-badges.tsx'
import { useMoney } from '#app/components/shop.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { urls } from '#app/urls.ts'
import type { CustomerPage } from './route.tsx'

type Row = CustomerPage['orders'][number]

/** The latest orders; links only with the permission to open them. */
export function OrdersPanel({ customer, orders, may }: CustomerPage) {
  const money = useMoney()
  const columns: Column<Row>[] = [
    {
      label: 'Order',
      isHead: true,
      isNarrow: true,
      cell: (order) =>
        may.orders ? (
          <Link className="list__link" to={urls.admin.order(order.id)}>
            {orderName(order)}
          </Link>
        ) : (
          orderName(order)
        ),
    },
    { label: 'Placed', cell: (order) => <DateTime at={order.placedAt} /> },
    { label: 'Payment', isNarrow: true, cell: (order) => <PaymentStatus order={order} /> },
    { label: 'Fulfillment', isNarrow: true, cell: (order) => <FulfillmentStatus order={order} /> },
    { label: 'Total', isNumber: true, isNarrow: true, cell: (order) => money(order.total) },
  ]
  if (orders.length === 0)
    return (
      <Panel title="Orders">
        <p className="soft">No orders yet.</p>
      </Panel>
    )
  return (
    <Panel
      title="Orders"
      flush
      action={
        may.orders && (
          <Link to={`${urls.admin.orders()}?q=${encodeURIComponent(customer.email)}`}>
            All orders with this email
          </Link>
        )
      }
    >
      <DataTable caption="Orders" columns={columns} rows={orders} rowKey={({ id }) => id} />
    </Panel>
  )
}
