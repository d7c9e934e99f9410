import { type Filters, ratings } from '#app/domain/storefront/listing.ts'

/** Which products a list shows and what its filters count, by definition and one product at a time. */

export type OracleVariant = {
  values: string[]
  price: number | null
  stock: number
  trackStock: boolean
  allowBackorder: boolean
}

export type OracleProduct = {
  title: string
  isPublished: boolean
  vendor: string
  type: string
  tags: string[]
  /** Stars of its approved reviews. */
  reviews: number[]
  optionNames: string[]
  variants: OracleVariant[]
}

export const unfiltered: Filters = {
  ...{ minPrice: null, maxPrice: null, availability: [], ratings: [] },
  ...{ vendors: [], types: [], tags: [], options: [] },
}

export function matching(catalog: OracleProduct[], filters: Filters): OracleProduct[] {
  return catalog.filter((product) => product.isPublished && matches(product, filters))
}

function matches(product: OracleProduct, filters: Filters): boolean {
  const { vendors, types, tags, availability, minPrice, maxPrice, options } = filters
  if (vendors.length > 0 && !vendors.includes(product.vendor)) return false
  if (types.length > 0 && !types.includes(product.type)) return false
  if (tags.length > 0 && !tags.some((tag) => product.tags.includes(tag))) return false
  if (filters.ratings.length > 0 && !filters.ratings.some((stars) => isRated(product, Number(stars))))
    return false
  const isSoldOut = product.variants.some(({ price }) => price !== null) && !product.variants.some(isBuyable)
  const needsVariant = availability.length + options.length > 0 || minPrice !== null || maxPrice !== null
  if (!needsVariant) return true
  return product.variants.some((variant) => {
    if (minPrice !== null && !(variant.price !== null && variant.price >= minPrice)) return false
    if (maxPrice !== null && !(variant.price !== null && variant.price <= maxPrice)) return false
    const isAvailable = availability.some((value) => (value === '1' ? isBuyable(variant) : isSoldOut))
    if (availability.length > 0 && !isAvailable) return false
    return options.every(
      ({ name, values }) => isBuyable(variant) && values.some((value) => has(product, variant, name, value)),
    )
  })
}

function isRated({ reviews }: OracleProduct, stars: number): boolean {
  return reviews.length > 0 && reviews.reduce((sum, own) => sum + own, 0) / reviews.length >= stars
}

function isBuyable({ price, trackStock, allowBackorder, stock }: OracleVariant): boolean {
  return price !== null && (!trackStock || allowBackorder || stock > 0)
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

function has(product: OracleProduct, { values }: OracleVariant, name: string, value: string): boolean {
  return product.optionNames.some((own, index) => same(own, name) && same(values[index]!, value))
}

/** What each value counts: the products of the list if it were the only one chosen in its group. */
export function countFacets(catalog: OracleProduct[], filters: Filters) {
  const count = (changes: Partial<Filters>) => matching(catalog, { ...filters, ...changes }).length
  const all = matching(catalog, unfiltered)
  const each = <T>(values: T[], counted: (value: T) => number) =>
    new Map([...new Set(values)].map((value) => [value, counted(value)]))
  const inAnyPrice = matching(catalog, { ...filters, minPrice: null, maxPrice: null })
  const prices = inAnyPrice.flatMap(({ variants }) => variants).flatMap(({ price }) => price ?? [])
  const pricesFor = prices.filter((price) => count({ minPrice: price, maxPrice: price }) > 0)
  const optionValues = all.flatMap(({ optionNames, variants }) =>
    variants
      .filter(isBuyable)
      .flatMap(({ values }) => optionNames.map((name, index) => `${name}=${values[index]!}`.toLowerCase())),
  )
  return {
    count: count({}),
    prices: pricesFor.length ? { min: Math.min(...pricesFor), max: Math.max(...pricesFor) } : null,
    inStock: count({ availability: ['1'] }),
    outOfStock: count({ availability: ['0'] }),
    ratings: each(
      ratings.filter((stars) => all.some((product) => isRated(product, Number(stars)))),
      (stars) => count({ ratings: [stars] }),
    ),
    vendors: each(all.map(({ vendor }) => vendor).filter(Boolean), (vendor) => count({ vendors: [vendor] })),
    types: each(all.map(({ type }) => type).filter(Boolean), (type) => count({ types: [type] })),
    tags: each(
      all.flatMap(({ tags }) => tags),
      (tag) => count({ tags: [tag] }),
    ),
    options: each(optionValues, (key) => {
      const [name, value] = key.split('=') as [string, string]
      const others = filters.options.filter((option) => !same(option.name, name))
      return count({ options: [...others, { name, values: [value] }] })
    }),
  }
}
