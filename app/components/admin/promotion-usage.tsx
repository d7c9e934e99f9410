import { Link } from '@remix-run/react'
import { DateTime } from '#app/components/date-time.tsx'
import { useMoney } from '#app/components/shop.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import type { getPromotionUsage } from '#app/domain/promotions/promotion-usage.server.ts'
import { describeUses } from '#app/domain/promotions/promotions.ts'
import { urls } from '#app/urls.ts'
import { type Column, DataTable } from './data-table.tsx'
import { Panel } from './panel.tsx'
import { Status } from './status.tsx'

type Usage = Awaited<ReturnType<typeof getPromotionUsage>>

/** How often a promotion was used, and the last orders with it; links only with the permission to open them. */
export function PromotionUsage({
  uses,
  limit,
  discount,
  orders,
  maySeeOrders,
}: Usage & { limit: number | null; maySeeOrders: boolean }) {
  const money = useMoney()
  if (orders.length === 0)
    return (
      <Panel title="Orders">
        <p className="soft">No order has used this promotion yet.</p>
      </Panel>
    )
  const columns: Column<Usage['orders'][number]>[] = [
    {
      label: 'Order',
      isHead: true,
      isNarrow: true,
      cell: (order) => <OrderLink order={order} maySeeOrders={maySeeOrders} />,
    },
    { label: 'Placed', cell: (order) => <DateTime at={order.placedAt} /> },
    { label: 'Code', cell: (order) => order.code || 'Automatic' },
    {
      label: 'Status',
      isSilent: true,
      isNarrow: true,
      cell: ({ canceledAt }) => (canceledAt ? <Status tone="bad">Canceled</Status> : null),
    },
    { label: 'Discount', isNumber: true, isNarrow: true, cell: (order) => money(order.amount) },
  ]
  return (
    <Panel title="Orders" action={<p className="soft small">Last {orders.length}</p>} flush>
      <p className="usage">
        Used <b>{describeUses(uses, limit)}</b> {uses === 1 && limit === null ? 'time' : 'times'}, discount{' '}
        <b>{money(discount)}</b> in total.
      </p>
      <DataTable
        caption="Orders with this promotion"
        columns={columns}
        rows={orders}
        rowKey={({ id }) => id}
      />
    </Panel>
  )
}

/** The order's number, as a link for those who may open it. */
export function OrderLink({
  order,
  maySeeOrders,
}: {
  order: { id: number; number: number; numberPrefix: string }
  maySeeOrders: boolean
}) {
  if (!maySeeOrders) return orderName(order)
  return (
    <Link className="list__link" to={urls.admin.order(order.id)}>
      {orderName(order)}
    </Link>
  )
}
