import { toDecimal, type Currency } from '#app/domain/money.ts'

/** Sorting, filtering and paging of a product list, and its URL parameters. */

export const sorts = [
  'featured',
  'newest',
  'price-ascending',
  'price-descending',
  'title-ascending',
  'title-descending',
] as const

export type Sort = (typeof sorts)[number]

export type Listing = {
  sort: Sort
  page: number
  /** Minor units, inclusive. */
  minPrice: number | null
  maxPrice: number | null
  onlyAvailable: boolean
  vendors: string[]
  types: string[]
  tags: string[]
}

export const emptyListing: Listing = {
  sort: 'featured',
  page: 1,
  minPrice: null,
  maxPrice: null,
  onlyAvailable: false,
  vendors: [],
  types: [],
  tags: [],
}

/** URL parameter names; the same ones as in shoppers' old links. */
export const listingFields = {
  sort: 'sort_by',
  page: 'page',
  minPrice: 'filter.v.price.gte',
  maxPrice: 'filter.v.price.lte',
  onlyAvailable: 'filter.v.availability',
  vendors: 'filter.p.vendor',
  types: 'filter.p.type',
  tags: 'filter.p.tag',
} as const satisfies Record<keyof Listing, string>

/** The query string of a listing, defaults left out: "" or "?sort_by=...". */
export function listingQuery(listing: Listing, currency: Currency): string {
  const params = new URLSearchParams()
  if (listing.sort !== 'featured') params.set(listingFields.sort, listing.sort)
  if (listing.minPrice !== null) params.set(listingFields.minPrice, toDecimal(listing.minPrice, currency))
  if (listing.maxPrice !== null) params.set(listingFields.maxPrice, toDecimal(listing.maxPrice, currency))
  if (listing.onlyAvailable) params.set(listingFields.onlyAvailable, '1')
  for (const field of ['vendors', 'types', 'tags'] as const)
    for (const value of listing[field]) params.append(listingFields[field], value)
  if (listing.page > 1) params.set(listingFields.page, String(listing.page))
  const query = params.toString()
  return query && `?${query}`
}

/** The number of active filters; the two ends of a price range count as two, as in the list of them. */
export function countFilters(listing: Listing): number {
  const { minPrice, maxPrice, onlyAvailable, vendors, types, tags } = listing
  const single = [minPrice !== null, maxPrice !== null, onlyAvailable].filter(Boolean).length
  return single + vendors.length + types.length + tags.length
}

export function isFiltered(listing: Listing): boolean {
  return countFilters(listing) > 0
}

export type AppliedFilter = { key: string; label: string; without: Listing }

/** Each active filter as text, with the listing without it. */
export function appliedFilters(listing: Listing, format: (amount: number) => string): AppliedFilter[] {
  const first = { ...listing, page: 1 }
  const applied: AppliedFilter[] = []
  if (listing.onlyAvailable)
    applied.push({ key: 'available', label: 'In stock', without: { ...first, onlyAvailable: false } })
  if (listing.minPrice !== null)
    applied.push({
      key: 'min',
      label: `From ${format(listing.minPrice)}`,
      without: { ...first, minPrice: null },
    })
  if (listing.maxPrice !== null)
    applied.push({
      key: 'max',
      label: `Up to ${format(listing.maxPrice)}`,
      without: { ...first, maxPrice: null },
    })
  for (const field of ['vendors', 'types', 'tags'] as const)
    for (const value of listing[field])
      applied.push({
        key: `${field} ${value}`,
        label: value,
        without: { ...first, [field]: listing[field].filter((other) => other !== value) },
      })
  return applied
}

/** Page numbers to link: the first, the last, the neighbors, and null for a gap. */
export function pageNumbers(page: number, pages: number): (number | null)[] {
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n >= 1 && n <= pages)
  return shown.flatMap((n, index) => (index > 0 && n - shown[index - 1]! > 1 ? [null, n] : [n]))
}
