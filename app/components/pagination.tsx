import { formatCount, formatNumber } from '#app/domain/intl.ts'
import { Link } from '@remix-run/react'
import { pageNumbers } from '#app/domain/storefront/listing.ts'

type Extent =
  | { pages: number; noun?: undefined }
  /** `noun` in singular and plural shows "51–100 of 240 orders". */
  | { perPage: number; total: number; noun?: [string, string] }

/** Links to the other pages of a list; none for a list of one page. */
export function Pagination({ page, to, ...extent }: { page: number; to: (page: number) => string } & Extent) {
  const pages = 'pages' in extent ? extent.pages : Math.ceil(extent.total / extent.perPage)
  if (!extent.noun) return pages > 1 ? <PageLinks page={page} pages={pages} to={to} /> : null
  if (extent.total === 0) return null
  return (
    <div className="pages">
      <p className="numeric">{rangeText({ ...extent, page, noun: extent.noun })}</p>
      {pages > 1 && <PageLinks page={page} pages={pages} to={to} />}
    </div>
  )
}

function PageLinks({ page, pages, to }: { page: number; pages: number; to: (page: number) => string }) {
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

type Range = { page: number; perPage: number; total: number; noun: [string, string] }

function rangeText({ page, perPage, total, noun: [one, many] }: Range): string {
  if (total <= perPage) return formatCount(total, one, many)
  const last = Math.min(page * perPage, total)
  return `${formatNumber((page - 1) * perPage + 1)}–${formatNumber(last)} of ${formatNumber(total)} ${many}`
}
