import { Form, useSubmit } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import {
  countFilters,
  isFiltered,
  type Listing,
  listingFields,
  type Sort,
  sorts,
} from '#app/domain/storefront/listing.ts'
import { FilterSheet } from './filter-sheet.tsx'
import { FilterIcon } from './icons.tsx'
import { type FacetLists, ListingFacets } from './listing-facets.tsx'

export const sortText = {
  featured: 'Featured',
  newest: 'Newest',
  'price-ascending': 'Price, low to high',
  'price-descending': 'Price, high to low',
  'title-ascending': 'A to Z',
  'title-descending': 'Z to A',
} satisfies Record<Sort, string>

/**
 * One GET form for sorting and filters. With JavaScript, sorting applies at once, and the filters are in a sheet; without,
 * they open above the list.
 */
export function ListingControls({
  path,
  listing,
  facets,
  count,
}: {
  path: string
  listing: Listing
  facets: FacetLists
  count: number
}) {
  const [isRunning, setRunning] = useState(false)
  useEffect(() => setRunning(true), [])
  if (count === 0 && !isFiltered(listing)) return null
  const active = countFilters(listing)
  const label = (
    <>
      <FilterIcon /> Filter{active > 0 && ` (${active})`}
    </>
  )
  // The URL is the state: fields that stay mounted are refilled when the URL changes.
  const key = JSON.stringify({ ...listing, page: 1, sort: '' })
  return (
    <Form action={path} className="filters" preventScrollReset>
      {isRunning ? (
        <FilterSheet label={label} path={path} count={count}>
          <ListingFacets key={key} listing={listing} facets={facets} />
        </FilterSheet>
      ) : (
        <details className="filters__more">
          <summary>{label}</summary>
          <ListingFacets listing={listing} facets={facets} />
          <button className="button button--primary">Show products</button>
        </details>
      )}
      <SortSelect sort={listing.sort} isRunning={isRunning} />
    </Form>
  )
}

/** It stays the same element when another sort is chosen, so it keeps the focus; Back sets the value in it. */
function SortSelect({ sort: chosen, isRunning }: { sort: Sort; isRunning: boolean }) {
  const submit = useSubmit()
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
        onChange={(event) => submit(event.currentTarget.form, { preventScrollReset: true })}
      >
        {sorts.map((sort) => (
          <option key={sort} value={sort}>
            {sortText[sort]}
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
