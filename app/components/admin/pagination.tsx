import { Link } from '@remix-run/react'

/** "51–100 of 240 orders", with links to the previous and next page. */
export function Pagination({
  page,
  perPage,
  total,
  noun,
  to,
}: {
  page: number
  perPage: number
  total: number
  /** Singular and plural: ["order", "orders"]. */
  noun: [string, string]
  to: (page: number) => string
}) {
  const first = (page - 1) * perPage + 1
  const last = Math.min(page * perPage, total)
  if (total === 0) return null
  const number = (value: number) => value.toLocaleString('en')
  return (
    <div className="pages">
      <p className="numeric">
        {total <= perPage
          ? `${number(total)} ${noun[total === 1 ? 0 : 1]}`
          : `${number(first)}–${number(last)} of ${number(total)} ${noun[1]}`}
      </p>
      {total > perPage && (
        <nav aria-label="Pages">
          {page > 1 && (
            <Link className="button button--small" rel="prev" to={to(page - 1)}>
              Previous
            </Link>
          )}
          {last < total && (
            <Link className="button button--small" rel="next" to={to(page + 1)}>
              Next
            </Link>
          )}
        </nav>
      )}
    </div>
  )
}
