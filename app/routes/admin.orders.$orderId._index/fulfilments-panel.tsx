import { Moment } from '#app/components/moment.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import type { OrderPage } from './route.tsx'

/** What has left the house, parcel by parcel. */
export function FulfilmentsPanel({ fulfilments, lines }: OrderPage) {
  if (fulfilments.length === 0) return null
  return (
    <Panel title={fulfilments.length === 1 ? 'Parcel' : 'Parcels'}>
      <ol className="facts" role="list">
        {fulfilments.map((parcel) => (
          <li key={parcel.id}>
            <p>
              Sent <Moment at={parcel.createdAt} />
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
                    tracking
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
