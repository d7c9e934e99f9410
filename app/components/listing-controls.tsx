import { Form, useSubmit } from '@remix-run/react'
import { isFiltered, type Listing, listingFields, type Sort, sorts } from '#app/domain/storefront/listing.ts'
import { toDecimal } from '#app/domain/money.ts'
import { useShop } from './shop.ts'

type Facet = { value: string; count: number }
export type FacetLists = { vendors: Facet[]; types: Facet[]; tags: Facet[]; hasPrices: boolean }

const sortText = {
  featured: 'Featured',
  newest: 'Newest',
  'price-ascending': 'Price, low to high',
  'price-descending': 'Price, high to low',
  'title-ascending': 'A to Z',
  'title-descending': 'Z to A',
} satisfies Record<Sort, string>

/** One GET form for sorting and filters; with JavaScript it submits itself on change. */
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
  const submit = useSubmit()
  const shop = useShop()
  const currency = shop?.currency ?? 'EUR'
  if (count === 0 && !isFiltered(listing)) return null
  return (
    <Form
      action={path}
      className="filters"
      // The URL is the state: a form that stays mounted is refilled when the URL changes.
      key={JSON.stringify({ ...listing, page: 1 })}
      onChange={(event) => {
        const { form, type } = event.target as HTMLInputElement
        if (form && type !== 'text') submit(form, { preventScrollReset: true })
      }}
      preventScrollReset
    >
      <div className="field filters__sort">
        <label htmlFor="sort">Sort by</label>
        <select id="sort" name={listingFields.sort} defaultValue={listing.sort} className="input">
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {sortText[sort]}
            </option>
          ))}
        </select>
      </div>
      <details className="filters__more" open={isFiltered(listing) || undefined}>
        <summary>Filter</summary>
        <div className="filters__groups">
          <div className="filters__group">
            {facets.hasPrices && <PriceRange listing={listing} currency={currency} />}
            <label className="check">
              <input
                type="checkbox"
                name={listingFields.onlyAvailable}
                value="1"
                defaultChecked={listing.onlyAvailable}
              />
              In stock only
            </label>
            <button className="button button--wide">Show products</button>
          </div>
          <FacetGroup title="Type" field="types" facets={facets.types} chosen={listing.types} />
          <FacetGroup title="Brand" field="vendors" facets={facets.vendors} chosen={listing.vendors} />
          <FacetGroup title="Tag" field="tags" facets={facets.tags} chosen={listing.tags} />
        </div>
      </details>
    </Form>
  )
}

function PriceRange({ listing, currency }: { listing: Listing; currency: string }) {
  return (
    <fieldset>
      <legend className="label">Price in {currency}</legend>
      <div className="filters__prices">
        {(['minPrice', 'maxPrice'] as const).map((field) => (
          <div className="field" key={field}>
            <label htmlFor={field}>{field === 'minPrice' ? 'From' : 'Up to'}</label>
            <input
              id={field}
              type="text"
              inputMode="decimal"
              name={listingFields[field]}
              defaultValue={listing[field] === null ? '' : toDecimal(listing[field], currency)}
              maxLength={15}
              autoComplete="off"
              className="input"
            />
          </div>
        ))}
      </div>
    </fieldset>
  )
}

function FacetGroup({
  title,
  field,
  facets,
  chosen,
}: {
  title: string
  field: 'types' | 'vendors' | 'tags'
  facets: Facet[]
  chosen: string[]
}) {
  const missing = chosen.filter((value) => !facets.some((facet) => facet.value === value))
  const shown = [...facets, ...missing.map((value) => ({ value, count: 0 }))]
  if (shown.length < 2 && chosen.length === 0) return null
  return (
    <fieldset className="filters__group">
      <legend>{title}</legend>
      <div className="filters__values">
        {shown.map(({ value, count }) => (
          <label className="check" key={value}>
            <input
              type="checkbox"
              name={listingFields[field]}
              value={value}
              defaultChecked={chosen.includes(value)}
            />
            <span dir="auto">{value}</span>
            {count > 0 && <span className="check__count">{count}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
