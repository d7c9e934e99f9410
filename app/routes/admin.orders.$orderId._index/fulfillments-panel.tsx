import { Link } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { Status } from '#app/components/admin/status.tsx'
import { urls } from '#app/urls.ts'
import { DateTime } from '#app/components/date-time.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { plural } from '#app/domain/intl.ts'
import type { OrderPage } from './route.tsx'

/** The order's fulfillments. */
export function FulfillmentsPanel({ order, fulfillments, lines }: OrderPage) {
  if (fulfillments.length === 0) return null
  return (
    <Panel
      title={plural(fulfillments.length, 'Shipment')}
      action={<Link to={urls.admin.startReturn(order.id)}>Start return</Link>}
    >
      <ol className="facts" role="list">
        {fulfillments.map((parcel) => (
          <li key={parcel.id}>
            <p>
              Shipped <DateTime at={parcel.createdAt} />
              {parcel.carrier && ` with ${parcel.carrier}`}
              {parcel.trackingNumber && ', '}
              {parcel.trackingNumber &&
                (parcel.trackingUrl ? (
                  <a href={parcel.trackingUrl} rel="noreferrer">
                    {parcel.trackingNumber}
                  </a>
                ) : (
                  parcel.trackingNumber
                ))}
              {!parcel.trackingNumber && parcel.trackingUrl && (
                <>
                  {', '}
                  <a href={parcel.trackingUrl} rel="noreferrer">
                    Track shipment
                  </a>
                </>
              )}
            </p>
            <ul className="soft small" role="list">
              {parcel.lines.map(({ orderLineId, quantity }) => {
                const line = lines.find(({ id }) => id === orderLineId)
                return (
                  <li key={orderLineId} dir="auto">
                    {quantity} × {line?.title}
                    {line?.variantTitle && `, ${line.variantTitle}`}
                  </li>
                )
              })}
            </ul>
            <ShipmentState orderId={order.id} shipment={parcel} />
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function ShipmentState({
  orderId,
  shipment,
}: {
  orderId: number
  shipment: OrderPage['fulfillments'][number]
}) {
  if (shipment.canceledAt)
    return (
      <p>
        <Status tone="bad">Canceled</Status> <DateTime at={shipment.canceledAt} />
      </p>
    )
  return (
    <div className="row-of-actions">
      {shipment.deliveredAt ? (
        <span>
          <Status tone="good">Delivered</Status> <DateTime at={shipment.deliveredAt} />
        </span>
      ) : (
        <ActionForm to={urls.admin.shipmentDelivered(orderId, shipment.id)}>Mark as delivered</ActionForm>
      )}
      <Link className="button button--quiet" to={urls.admin.shipmentTracking(orderId, shipment.id)}>
        Edit tracking
      </Link>
      <Link className="button button--quiet" to={urls.admin.cancelShipment(orderId, shipment.id)}>
        Cancel shipment
      </Link>
    </div>
  )
}
