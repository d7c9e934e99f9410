import { toDecimal, type Currency } from '#app/domain/money.ts'

/** Sorting, filtering and paging of a product list, and its URL parameters. */

export const sorts = [
  'featured',
  'best-selling',
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

/** Values that were chosen of one option. Names and values are compared without regard to case. */
export type OptionFilter = { name: string; values: string[] }

/** What decides which products a list has: the values of one field are alternatives, and all fields have to match. */
export type Filters = {
  /** Minor units, inclusive. */
  minPrice: number | null
  maxPrice: number | null
  availability: AvailabilityFilter[]
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
  const { minPrice, maxPrice, availability, vendors, types, tags, options } = filters
  const prices = [minPrice, maxPrice].filter((price) => price !== null)
  const chosen = [availability, vendors, types, tags, prices, ...options.map(({ values }) => values)]
  return chosen.reduce((sum, values) => sum + values.length, 0)
}

export function isFiltered(filters: Filters): boolean {
  return countFilters(filters) > 0
}

/** The beginning of the list as it is without a choice of the shopper's. */
export function isWholeList({ page, sort, ...filters }: Listing): boolean {
  return page === 1 && sort === emptyListing.sort && !isFiltered(filters)
}

export const availabilityLabels = {
  '1': 'In stock',
  '0': 'Out of stock',
} satisfies Record<AvailabilityFilter, string>

export type AppliedFilter = { key: string; label: string; without: Listing }

/** Each active filter as text, with the listing without it. `optionLabel` spells the name of an option. */
export function appliedFilters(
  listing: Listing,
  format: (amount: number) => string,
  optionLabel: (name: string) => string,
): AppliedFilter[] {
  const first = firstPage(listing)
  const { minPrice, maxPrice, availability, options } = listing
  const applied: AppliedFilter[] = availability.map((value) => ({
    key: `availability ${value}`,
    label: availabilityLabels[value],
    without: { ...first, availability: without(availability, value) },
  }))
  if (minPrice !== null)
    applied.push({ key: 'min', label: `From ${format(minPrice)}`, without: { ...first, minPrice: null } })
  if (maxPrice !== null)
    applied.push({ key: 'max', label: `Up to ${format(maxPrice)}`, without: { ...first, maxPrice: null } })
  for (const { name, values } of options)
    for (const value of values)
      applied.push({
        key: `option ${name} ${value}`,
        label: `${optionLabel(name)}: ${value}`,
        without: { ...first, options: withoutOption(options, name, value) },
      })
  for (const field of lists)
    for (const value of listing[field])
      applied.push({
        key: `${field} ${value}`,
        label: value,
        without: { ...first, [field]: without(listing[field], value) },
      })
  return applied
}

const without = <T>(values: T[], value: T): T[] => values.filter((other) => other !== value)

function withoutOption(options: OptionFilter[], name: string, value: string): OptionFilter[] {
  return options
    .map((option) => (option.name === name ? { name, values: without(option.values, value) } : option))
    .filter(({ values }) => values.length > 0)
}

/** Page numbers to link: the first, the last, the neighbors, and null for a gap. */
export function pageNumbers(page: number, pages: number): (number | null)[] {
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n >= 1 && n <= pages)
  return shown.flatMap((n, index) => (index > 0 && n - shown[index - 1]! > 1 ? [null, n] : [n]))
}
