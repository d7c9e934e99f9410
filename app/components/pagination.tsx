import { Link } from '@remix-run/react'
import { pageNumbers } from '#app/domain/storefront/listing.ts'

/** Links to the other pages of a list; nothing for a list of one page. */
export function Pagination({
  page,
  pages,
  to,
}: {
  page: number
  pages: number
  to: (page: number) => string
}) {
  if (pages <= 1) return null
  return (
    <nav aria-label="Pages" className="paging">
      {page > 1 && (
        <Link to={to(page - 1)} rel="prev" className="button">
          Previous
        </Link>
      )}
      <ol role="list">
        {pageNumbers(page, pages).map((number, index) => (
          <li key={number ?? `gap ${index}`}>
            {number === null ? (
              <span aria-hidden="true">…</span>
            ) : (
              <Link
                to={to(number)}
                aria-label={`Page ${number}`}
                aria-current={number === page ? 'page' : undefined}
              >
                {number}
              </Link>
            )}
          </li>
        ))}
      </ol>
      {page < pages && (
        <Link to={to(page + 1)} rel="next" className="button">
          Next
        </Link>
      )}
    </nav>
  )
}
