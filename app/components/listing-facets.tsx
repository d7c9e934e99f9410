import { type Listing, listingFields } from '#app/domain/storefront/listing.ts'
import { toDecimal, type Currency } from '#app/domain/money.ts'
import { useCurrency } from './shop.ts'

type Facet = { value: string; count: number }
export type FacetLists = { vendors: Facet[]; types: Facet[]; tags: Facet[]; hasPrices: boolean }

/** The fields of the filters. */
export function ListingFacets({ listing, facets }: { listing: Listing; facets: FacetLists }) {
  const currency = useCurrency()
  return (
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
      </div>
      <FacetGroup title="Type" field="types" facets={facets.types} chosen={listing.types} />
      <FacetGroup title="Brand" field="vendors" facets={facets.vendors} chosen={listing.vendors} />
      <FacetGroup title="Tag" field="tags" facets={facets.tags} chosen={listing.tags} />
    </div>
  )
}

function PriceRange({ listing, currency }: { listing: Listing; currency: Currency }) {
  return (
    <fieldset>
      <legend className="label">Price in {currency.currency}</legend>
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
