import { Link } from '@remix-run/react'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { Moment } from '#app/components/moment.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { FulfilmentStatus, PaymentStatus } from '#app/components/admin/states.tsx'
import { useMoney } from '#app/components/shop.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { urls } from '#app/urls.ts'
import type { CustomerPage } from './route.tsx'

type Row = CustomerPage['orders'][number]

/** The newest orders; links only for those who may open them. */
export function OrdersPanel({ customer, orders, may }: CustomerPage) {
  const money = useMoney()
  const columns: Column<Row>[] = [
    {
      label: 'Order',
      isHead: true,
      isTight: true,
      cell: (order) =>
        may.orders ? (
          <Link className="list__link" to={urls.admin.order(order.id)}>
            {orderName(order)}
          </Link>
        ) : (
          orderName(order)
        ),
    },
    { label: 'Placed', cell: (order) => <Moment at={order.placedAt} /> },
    { label: 'Payment', isTight: true, cell: (order) => <PaymentStatus order={order} /> },
    { label: 'Fulfilment', isTight: true, cell: (order) => <FulfilmentStatus order={order} /> },
    { label: 'Total', isNumber: true, isTight: true, cell: (order) => money(order.total) },
  ]
  if (orders.length === 0)
    return (
      <Panel title="Orders">
        <p className="soft">None with this account so far.</p>
      </Panel>
    )
  return (
    <Panel
      title="Orders"
      flush
      action={
        may.orders && (
          <Link to={`${urls.admin.orders()}?q=${encodeURIComponent(customer.email)}`}>
            All with this address
          </Link>
        )
      }
    >
      <DataTable caption="Orders" columns={columns} rows={orders} rowKey={({ id }) => id} />
    </Panel>
  )
}
