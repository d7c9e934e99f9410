import { availabilityLabels, ratingLabels } from '#app/domain/storefront/applied-filters.ts'
import type { Facet, Facets } from '#app/domain/storefront/facets.ts'
import { type Listing, listingFields } from '#app/domain/storefront/listing.ts'
import { toDecimal, type Currency } from '#app/domain/money.ts'
import { formatCount, formatNumber } from '#app/domain/intl.ts'
import { useCurrency } from './shop.ts'

/** Of a longer list, the rest opens on request. */
const valuesShown = 8

/** The fields of the filters. */
export function ListingFacets({ listing, facets }: { listing: Listing; facets: Facets }) {
  const currency = useCurrency()
  const { availability, minPrice, maxPrice } = listing
  const hasPrices = facets.prices !== null || minPrice !== null || maxPrice !== null
  return (
    <div className="filters__groups">
      <FacetGroup
        title="Availability"
        name={listingFields.availability}
        facets={[
          { value: '1', count: facets.inStock, isChosen: availability.includes('1') },
          { value: '0', count: facets.outOfStock, isChosen: availability.includes('0') },
        ]}
        labels={availabilityLabels}
      />
      {hasPrices && <PriceRange listing={listing} prices={facets.prices} currency={currency} />}
      <FacetGroup title="Rating" name={listingFields.ratings} facets={facets.ratings} labels={ratingLabels} />
      {facets.options.map(({ name, label, values }) => (
        <FacetGroup key={name} title={label} name={listingFields.options + name} facets={values} />
      ))}
      <FacetGroup title="Type" name={listingFields.types} facets={facets.types} />
      <FacetGroup title="Brand" name={listingFields.vendors} facets={facets.vendors} />
      <FacetGroup title="Tag" name={listingFields.tags} facets={facets.tags} />
    </div>
  )
}

function PriceRange({
  listing,
  prices,
  currency,
}: {
  listing: Listing
  prices: Facets['prices']
  currency: Currency
}) {
  const hints = { minPrice: prices?.min, maxPrice: prices?.max }
  return (
    <fieldset className="filters__group">
      <legend>Price in {currency.currency}</legend>
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
              placeholder={hints[field] === undefined ? undefined : toDecimal(hints[field], currency)}
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

/** Values as checkboxes, the first ones and the chosen ones at once. No group for a single value, which all products have. */
function FacetGroup({
  title,
  name,
  facets,
  labels,
}: {
  title: string
  name: string
  facets: Facet[]
  labels?: Record<string, string>
}) {
  if (facets.length < 2 && !facets.some(({ isChosen }) => isChosen)) return null
  const isShort = facets.length > 5 && facets.every(({ value }) => value.length <= 4)
  const isFirst = (facet: Facet, index: number) =>
    isShort || facets.length <= valuesShown + 1 || index < valuesShown || facet.isChosen
  const rest = facets.filter((facet, index) => !isFirst(facet, index))
  const field = (facet: Facet) => (
    <FacetField key={facet.value} facet={facet} name={name} label={labels?.[facet.value] ?? facet.value} />
  )
  return (
    <fieldset className="filters__group">
      <legend dir="auto">{title}</legend>
      <div className={isShort ? 'filters__values filters__values--short' : 'filters__values'}>
        {facets.filter(isFirst).map(field)}
      </div>
      {rest.length > 0 && (
        <details className="filters__rest">
          <summary>Show {formatNumber(rest.length)} more</summary>
          <div className="filters__values">{rest.map(field)}</div>
        </details>
      )}
    </fieldset>
  )
}

function FacetField({
  facet: { value, count, isChosen },
  name,
  label,
}: {
  facet: Facet
  name: string
  label: string
}) {
  return (
    <label className="check">
      <input
        type="checkbox"
        name={name}
        value={value}
        defaultChecked={isChosen}
        disabled={count === 0 && !isChosen}
      />
      <span dir="auto">{label}</span>
      <span className="check__count">
        <span aria-hidden="true">{formatNumber(count)}</span>
        <span className="visually-hidden">({formatCount(count, 'product')})</span>
      </span>
    </label>
  )
}
