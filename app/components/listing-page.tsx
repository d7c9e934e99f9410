import { Link, useLocation, useNavigation } from '@remix-run/react'
import { useMemo } from 'react'
import { formatCount } from '#app/domain/intl.ts'
import { appliedFilters } from '#app/domain/storefront/applied-filters.ts'
import { optionLabel } from '#app/domain/storefront/facets.ts'
import { emptyListing, type ExtraParameters, isFiltered } from '#app/domain/storefront/listing.ts'
import { CloseIcon } from './icons.tsx'
import { ListingControls } from './listing-controls.tsx'
import { ListingProducts } from './listing-products.tsx'
import { type ListingData, type ListingPlace, ListingPlaceContext, useListingUrl } from './listing-view.ts'
import { useMoney } from './shop.ts'

const noParameters: ExtraParameters = {}

/**
 * A product list with filters, sort order, count and pages. `path` is the path of the page, `extra` are parameters of
 * its own, such as a search query; filters and links keep them.
 */
export function ProductListing({
  path,
  list,
  extra = noParameters,
  defaultSortLabel = 'Featured',
}: {
  path: string
  list: ListingData
  extra?: ExtraParameters
  /** The name of the order without a chosen one: "Relevance" for a search. */
  defaultSortLabel?: string
}) {
  const { listing, count } = list
  const { pathname } = useLocation()
  const { location: next } = useNavigation()
  const place = useMemo<ListingPlace>(
    () => ({ path, extra, defaultSortLabel }),
    [path, extra, defaultSortLabel],
  )
  if (count === 0 && !isFiltered(listing)) return null
  return (
    <ListingPlaceContext.Provider value={place}>
      <div className="listing">
        <ListingControls list={list} />
        <div className="listing__main" aria-busy={next?.pathname === pathname}>
          <h2 className="visually-hidden">Products</h2>
          <p role="status" className="listing__count soft small numeric">
            {formatCount(count, 'product')}
          </p>
          <Applied list={list} />
          {count > 0 ? <ListingProducts list={list} /> : <NoMatches list={list} />}
        </div>
      </div>
    </ListingPlaceContext.Provider>
  )
}

function NoMatches({ list: { listing } }: { list: ListingData }) {
  const to = useListingUrl()
  return (
    <p className="listing__none">
      No products match. <Link to={to({ ...emptyListing, sort: listing.sort })}>Clear all filters</Link>
    </p>
  )
}

function Applied({ list: { listing, facets } }: { list: ListingData }) {
  const money = useMoney()
  const to = useListingUrl()
  if (!isFiltered(listing)) return null
  const applied = appliedFilters(listing, money, (name) => optionLabel(facets, name))
  return (
    <ul role="list" className="applied" aria-label="Active filters">
      {applied.map(({ key, label, without }) => (
        <li key={key}>
          <Link to={to(without)} className="applied__one" preventScrollReset>
            <span className="visually-hidden">Remove filter: </span>
            <bdi>{label}</bdi> <CloseIcon />
          </Link>
        </li>
      ))}
      <li>
        <Link to={to({ ...emptyListing, sort: listing.sort })} className="link-button" preventScrollReset>
          Clear all
        </Link>
      </li>
    </ul>
  )
}
