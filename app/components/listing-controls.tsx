import { Form } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { countFilters, listingFields, type Sort, sorts } from '#app/domain/storefront/listing.ts'
import { FilterSheet } from './filter-sheet.tsx'
import { FilterSidebar } from './filter-sidebar.tsx'
import { useHydrated, useMediaQuery } from './hydrated.ts'
import { FilterIcon } from './icons.tsx'
import { ListingFacets } from './listing-facets.tsx'
import { type ListingData, useListingPlace, useSubmitListing } from './listing-view.ts'

export const sortText = {
  featured: 'Featured',
  'best-selling': 'Best selling',
  'highest-rated': 'Highest rated',
  newest: 'Newest',
  'price-ascending': 'Price, low to high',
  'price-descending': 'Price, high to low',
  'title-ascending': 'A to Z',
  'title-descending': 'Z to A',
} satisfies Record<Sort, string>

/** As in listing.css. */
const wide = '(min-width: 64rem)'

/**
 * One GET form for sorting and filters. On wide screens the filters are beside the list and apply at once; on narrow
 * ones they open as a sheet. Without JavaScript they have a button, and open above the list on narrow screens.
 */
export function ListingControls({ list: { listing, facets, count } }: { list: ListingData }) {
  const { path, extra } = useListingPlace()
  const isWide = useMediaQuery(wide)
  const submit = useSubmitListing()
  const active = countFilters(listing)
  const label = (
    <>
      <FilterIcon /> Filter{active > 0 && ` (${active})`}
    </>
  )
  return (
    <Form
      action={path}
      className="filters"
      onSubmit={(event) => {
        event.preventDefault()
        submit(event.currentTarget)
      }}
    >
      {Object.entries(extra).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {isWide === false ? (
        <FilterSheet label={label} facets={facets} count={count}>
          {/* The URL is the state: with another one the fields start anew. */}
          {(shown) => <ListingFacets key={JSON.stringify(listing)} listing={listing} facets={shown} />}
        </FilterSheet>
      ) : (
        <FilterSidebar label={label} listing={listing} isRunning={isWide === true}>
          <ListingFacets listing={listing} facets={facets} />
        </FilterSidebar>
      )}
      <SortSelect sort={listing.sort} />
    </Form>
  )
}

/** It stays the same element when another sort is chosen, so it keeps the focus; Back sets the value in it. */
function SortSelect({ sort: chosen }: { sort: Sort }) {
  const submit = useSubmitListing()
  const { defaultSortLabel } = useListingPlace()
  const isRunning = useHydrated()
  const select = useRef<HTMLSelectElement>(null)
  useEffect(() => {
    if (select.current) select.current.value = chosen
  }, [chosen])
  return (
    <div className="field filters__sort">
      <label htmlFor="sort">Sort by</label>
      <select
        ref={select}
        id="sort"
        name={listingFields.sort}
        defaultValue={chosen}
        className="input"
        onChange={(event) => submit(event.currentTarget.form!)}
      >
        {sorts.map((sort) => (
          <option key={sort} value={sort}>
            {sort === 'featured' ? defaultSortLabel : sortText[sort]}
          </option>
        ))}
      </select>
      {!isRunning && (
        <noscript>
          <button className="button">Sort</button>
        </noscript>
      )}
    </div>
  )
}
