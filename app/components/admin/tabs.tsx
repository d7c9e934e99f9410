import { formatNumber } from '#app/domain/intl.ts'
import { Link } from '@remix-run/react'

/** Tabs that filter a list; each is a link to the list. */
export function Tabs<Value extends string>({
  name,
  values,
  labels,
  countOf,
  current,
  to,
  keepsScroll = false,
}: {
  /** For screen readers: "Filter orders". */
  name: string
  values: readonly Value[]
  labels: Record<Value, string>
  countOf?: (value: Value) => number
  current: Value
  to: (value: Value) => string
  /** The tabs stay where they are on the screen. */
  keepsScroll?: boolean
}) {
  return (
    <nav className="tabs" aria-label={name}>
      {values.map((value) => (
        <Link
          key={value}
          to={to(value)}
          aria-current={value === current ? 'page' : undefined}
          preventScrollReset={keepsScroll}
        >
          {labels[value]}
          {countOf && (
            <>
              {' '}
              <span className="tabs__count">{formatNumber(countOf(value))}</span>
            </>
          )}
        </Link>
      ))}
    </nav>
  )
}
