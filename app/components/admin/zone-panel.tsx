import { Link } from '@remix-run/react'
import type { DescribedMethod } from '#app/domain/shipping/zone-words.ts'
import { urls } from '#app/urls.ts'
import { Panel } from './panel.tsx'
import { Status } from './status.tsx'

export type ShownZone = {
  id: number
  title: string
  isRestOfWorld: boolean
  /** In words. */
  places: string
  methods: DescribedMethod[]
}

/** A zone in the list: where it is, and its methods with their rates. */
export function ZonePanel({ zone: { id, title, places, methods } }: { zone: ShownZone }) {
  return (
    <Panel
      title={title}
      action={
        <div className="row-of-actions">
          <Link className="button button--small" to={urls.admin.newShippingMethod(id)}>
            Add method<span className="visually-hidden"> to {title}</span>
          </Link>
          <Link className="button button--small" to={urls.admin.shippingZone(id)}>
            Edit<span className="visually-hidden"> {title}</span>
          </Link>
        </div>
      }
      flush
    >
      <p className="zone__places">{places}</p>
      <MethodLines methods={methods} />
    </Panel>
  )
}

/** The methods of a zone, each with its rates in words. */
export function MethodLines({ methods }: { methods: DescribedMethod[] }) {
  if (methods.length === 0)
    return (
      <p className="zone__places">
        <Status tone="warn">No methods: customers here can’t check out</Status>
      </p>
    )
  return (
    <ul className="lines" role="list">
      {methods.map(({ id, title, price, days, gaps }) => (
        <li key={id}>
          <div>
            <Link className="list__link" to={urls.admin.shippingMethod(id)} dir="auto">
              {title}
            </Link>
            <span className="sub">{price}</span>
            <span className="sub">{days}</span>
            {gaps && <Status tone="warn">No rate {gaps}</Status>}
          </div>
        </li>
      ))}
    </ul>
  )
}
