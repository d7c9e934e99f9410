import { Form, useLocation, useNavigation, useSubmit } from '@remix-run/react'
import { isFiltered, type Listing, listingFields, type Sort, sorts } from '#app/domain/catalog/listing.ts'
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

/**
 * One GET form for sorting and filters: works as it is, and sends itself on a change where script runs. The
 * address is the state; while the next list is on its way, its address already counts.
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
  const submit = useSubmit()
  const shop = useShop()
  const here = useLocation()
  const next = useNavigation().location
  const currency = shop?.currency ?? 'EUR'
  const params = new URLSearchParams(next?.pathname === here.pathname ? next.search : here.search)
  const send = (event: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
    submit(event.currentTarget.form, { preventScrollReset: true })
  if (count === 0 && !isFiltered(listing)) return null
  return (
    <Form action={path} className="filters" preventScrollReset>
      <div className="filters__sort">
        <label htmlFor="sort">Sort by</label>
        <select
          id="sort"
          name={listingFields.sort}
          value={sorts.find((sort) => sort === params.get(listingFields.sort)) ?? 'featured'}
          onChange={send}
          className="input"
        >
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {sortText[sort]}
            </option>
          ))}
        </select>
      </div>
      <details className="filters__more">
        <summary>Filter</summary>
        <div className="filters__groups">
          <div className="filters__group">
            {facets.hasPrices && <PriceRange listing={listing} currency={currency} />}
            <label className="check">
              <input
                type="checkbox"
                name={listingFields.onlyAvailable}
                value="1"
                checked={params.get(listingFields.onlyAvailable) === '1'}
                onChange={send}
              />
              In stock only
            </label>
            <button className="button button--wide">Show products</button>
          </div>
          {facetGroups.map(({ title, field }) => (
            <FacetGroup
              key={field}
              title={title}
              name={listingFields[field]}
              facets={facets[field]}
              chosen={params.getAll(listingFields[field])}
              onChange={send}
            />
          ))}
        </div>
      </details>
    </Form>
  )
}

const facetGroups = [
  { title: 'Type', field: 'types' },
  { title: 'Maker', field: 'vendors' },
  { title: 'Tag', field: 'tags' },
] as const

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
              key={String(listing[field])}
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
  name,
  facets,
  chosen,
  onChange,
}: {
  title: string
  name: string
  facets: Facet[]
  chosen: string[]
  onChange: (event: React.ChangeEvent<HTMLInputElement>) => void
}) {
  const missing = chosen.filter((value) => value && !facets.some((facet) => facet.value === value))
  const shown = [...facets, ...[...new Set(missing)].map((value) => ({ value, count: 0 }))]
  if (shown.length < 2 && chosen.length === 0) return null
  return (
    <fieldset className="filters__group">
      <legend>{title}</legend>
      <div className="filters__values">
        {shown.map(({ value, count }) => (
          <label className="check" key={value}>
            <input
              type="checkbox"
              name={name}
              value={value}
              checked={chosen.includes(value)}
              onChange={onChange}
            />
            <span dir="auto">{value}</span>
            {count > 0 && <span className="check__count">{count}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
