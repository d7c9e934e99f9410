import { Link } from '@remix-run/react'
import type { ProductCard } from '#app/domain/storefront/storefront.ts'
import { formatCount } from '#app/domain/intl.ts'
import { appliedFilters, isFiltered, type Listing, listingQuery } from '#app/domain/storefront/listing.ts'
import { CloseIcon } from './icons.tsx'
import { ListingControls } from './listing-controls.tsx'
import type { FacetLists } from './listing-facets.tsx'
import { Pagination } from './pagination.tsx'
import { ProductGrid } from './product-card.tsx'
import { useMoney, useCurrency } from './shop.ts'

export type ListingData = {
  listing: Listing
  facets: FacetLists
  cards: ProductCard[]
  count: number
  pages: number
}

/** A product list with filters, count and pagination; `path` is the action of the filter form. */
export function ProductListing({ path, list }: { path: string; list: ListingData }) {
  const { listing, cards, count, pages } = list
  const currency = useCurrency()
  const to = (next: Listing) => path + listingQuery(next, currency)
  return (
    <div className="listing">
      <ListingControls path={path} listing={listing} facets={list.facets} count={count} />
      <div className="listing__main">
        <h2 className="visually-hidden">Products</h2>
        <div className="listing__top">
          <p role="status" className="soft small numeric">
            {formatCount(count, 'product')}
          </p>
          <Applied listing={listing} path={path} to={to} />
        </div>
        {cards.length > 0 ? (
          <ProductGrid cards={cards} isFirst />
        ) : (
          <p className="listing__none">
            No products match. <Link to={path}>Clear all filters</Link>
          </p>
        )}
        <Pagination page={listing.page} pages={pages} to={(page) => to({ ...listing, page })} />
      </div>
    </div>
  )
}

function Applied({ listing, path, to }: { listing: Listing; path: string; to: (next: Listing) => string }) {
  const money = useMoney()
  if (!isFiltered(listing)) return null
  return (
    <ul role="list" className="applied" aria-label="Active filters">
      {appliedFilters(listing, money).map(({ key, label, without }) => (
        <li key={key}>
          <Link to={to(without)} className="applied__one" preventScrollReset>
            <span className="visually-hidden">Remove filter: </span>
            {label} <CloseIcon />
          </Link>
        </li>
      ))}
      <li>
        <Link
          to={path + (listing.sort === 'featured' ? '' : `?sort_by=${listing.sort}`)}
          className="link-button"
          preventScrollReset
        >
          Clear all
        </Link>
      </li>
    </ul>
  )
}
