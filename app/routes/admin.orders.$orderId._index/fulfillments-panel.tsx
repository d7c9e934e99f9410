import { DateTime } from '#app/components/date-time.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { plural } from '#app/domain/intl.ts'
import type { OrderPage } from './route.tsx'

/** The order's fulfillments. */
export function FulfillmentsPanel({ fulfillments, lines }: OrderPage) {
  if (fulfillments.length === 0) return null
  return (
    <Panel title={plural(fulfillments.length, 'Shipment')}>
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
          </li>
        ))}
      </ol>
    </Panel>
  )
}
