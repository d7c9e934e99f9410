import { toDecimal, type Currency } from '#app/domain/money.ts'

/** Sorting, filtering and paging of a product list, and its URL parameters. */

export const sorts = [
  'featured',
  'best-selling',
  'highest-rated',
  'newest',
  'price-ascending',
  'price-descending',
  'title-ascending',
  'title-descending',
] as const

export type Sort = (typeof sorts)[number]

export const availabilities = ['1', '0'] as const

/** As in the URL: "1" is in stock, "0" is out of stock. */
export type AvailabilityFilter = (typeof availabilities)[number]

/** At least this many stars on average. */
export const ratings = ['4', '3', '2', '1'] as const

export type RatingFilter = (typeof ratings)[number]

/** Values that were chosen of one option. Names and values are compared without regard to case. */
export type OptionFilter = { name: string; values: string[] }

/** What decides which products a list has: the values of one field are alternatives, and all fields have to match. */
export type Filters = {
  /** Minor units, inclusive. */
  minPrice: number | null
  maxPrice: number | null
  availability: AvailabilityFilter[]
  ratings: RatingFilter[]
  vendors: string[]
  types: string[]
  tags: string[]
  options: OptionFilter[]
}

export type Listing = Filters & {
  sort: Sort
  page: number
  /** The first page shown; the pages from it up to `page` are shown as one list. */
  from: number
}

export const emptyListing: Listing = {
  sort: 'featured',
  page: 1,
  from: 1,
  minPrice: null,
  maxPrice: null,
  availability: [],
  ratings: [],
  vendors: [],
  types: [],
  tags: [],
  options: [],
}

/** URL parameter names; the same ones as in shoppers' old links. That of an option ends with the option's name. */
export const listingFields = {
  sort: 'sort_by',
  page: 'page',
  from: 'from',
  minPrice: 'filter.v.price.gte',
  maxPrice: 'filter.v.price.lte',
  availability: 'filter.v.availability',
  ratings: 'filter.p.m.reviews.rating',
  vendors: 'filter.p.vendor',
  types: 'filter.p.product_type',
  tags: 'filter.p.tag',
  options: 'filter.v.option.',
} as const satisfies Record<keyof Listing, string>

/** Pages that are shown as one list at most: an event stream has at most 200 topics. */
export const maxPagesShown = 8

const lists = ['vendors', 'types', 'tags'] as const

/** Further parameters of the page, which filters and links keep. */
export type ExtraParameters = Record<string, string>

/** The query string of a listing, defaults left out: "" or "?sort_by=...". */
export function listingQuery(listing: Listing, currency: Currency, extra: ExtraParameters = {}): string {
  const params = new URLSearchParams(extra)
  const { sort, minPrice, maxPrice, page, from } = listing
  if (sort !== 'featured') params.set(listingFields.sort, sort)
  if (minPrice !== null) params.set(listingFields.minPrice, toDecimal(minPrice, currency))
  if (maxPrice !== null) params.set(listingFields.maxPrice, toDecimal(maxPrice, currency))
  for (const value of listing.availability) params.append(listingFields.availability, value)
  for (const value of listing.ratings) params.append(listingFields.ratings, value)
  for (const field of lists) for (const value of listing[field]) params.append(listingFields[field], value)
  for (const { name, values } of listing.options)
    for (const value of values) params.append(listingFields.options + name, value)
  if (page > 1) params.set(listingFields.page, String(page))
  if (from < page) params.set(listingFields.from, String(from))
  const query = params.toString()
  return query && `?${query}`
}

/** The first page of the same list. */
export function firstPage<T extends Listing>(listing: T): T {
  return { ...listing, page: 1, from: 1 }
}

/** The number of active filters; the two ends of a price range count as two, as in the list of them. */
export function countFilters(filters: Filters): number {
  const { minPrice, maxPrice, availability, ratings, vendors, types, tags, options } = filters
  const prices = [minPrice, maxPrice].filter((price) => price !== null)
  const chosen = [availability, ratings, vendors, types, tags, prices, ...options.map(({ values }) => values)]
  return chosen.reduce((sum, values) => sum + values.length, 0)
}

export function isFiltered(filters: Filters): boolean {
  return countFilters(filters) > 0
}

/** The beginning of the list as it is without a choice of the shopper's. */
export function isWholeList({ page, sort, ...filters }: Listing): boolean {
  return page === 1 && sort === emptyListing.sort && !isFiltered(filters)
}

/** Page numbers to link: the first, the last, the neighbors, and null for a gap. */
export function pageNumbers(page: number, pages: number): (number | null)[] {
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n >= 1 && n <= pages)
  return shown.flatMap((n, index) => (index > 0 && n - shown[index - 1]! > 1 ? [null, n] : [n]))
}
