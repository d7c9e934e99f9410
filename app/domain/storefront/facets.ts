import type { Filters, OptionFilter } from './listing.ts'

/** The filter values of a list. Each count applies all filters except those of its own group. */

export type Facet = { value: string; count: number; isChosen: boolean }

/** `name` is the name in the URL, `label` the most frequent spelling. */
export type OptionFacet = { name: string; label: string; values: Facet[] }

export type Facets = {
  /** The lowest and highest price, in minor units; null when no product has one. */
  prices: { min: number; max: number } | null
  inStock: number
  outOfStock: number
  ratings: Facet[]
  vendors: Facet[]
  types: Facet[]
  tags: Facet[]
  options: OptionFacet[]
}

/** `productIds` are all products that were counted, without the filters; null for a larger scope. */
export type CountedFacets = { facets: Facets; productIds: number[] | null }

/** Pages of smaller scopes depend on these products only, those of larger ones on all. */
export const maxProductIds = 250

export const maxValues = 12
/** A range of sizes is longer, and useless without its ends. */
export const maxOptionValues = 24
export const maxOptions = 8

/** Counted values, and those that were chosen and do not exist in the list. */
export function withChosen(
  counted: Facet[],
  chosen: string[],
  isSame = (a: string, b: string) => a === b,
): Facet[] {
  const missing = chosen.filter((value) => !counted.some((facet) => isSame(facet.value, value)))
  return [...counted, ...missing.map((value) => ({ value, count: 0, isChosen: true }))]
}

/** As above for all options, whose names and values are compared without regard to case; values in a useful order. */
export function withChosenOptions(counted: OptionFacet[], chosen: OptionFilter[]): OptionFacet[] {
  const unknown = chosen.filter(({ name }) => !counted.some((option) => isSame(option.name, name)))
  return [...counted, ...unknown.map(({ name }) => ({ name, label: name, values: [] }))].map((option) => ({
    ...option,
    values: sortValues(
      withChosen(option.values, chosen.find(({ name }) => isSame(name, option.name))?.values ?? [], isSame),
    ),
  }))
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

const sizes = ['xxxs', 'xxs', 'xs', 's', 'm', 'l', 'xl', 'xxl', 'xxxl', 'xxxxl']

/** Where most values are sizes: clothing sizes from small to large, then numbers, then the others, which stay by count. */
export function sortValues(values: Facet[]): Facet[] {
  const placed = values.map((facet) => ({ facet, place: placeOf(facet.value) }))
  const kinds = [...new Set(['size', ...placed.flatMap(({ place }) => place?.kind ?? [])])]
  const rank = ({ place }: (typeof placed)[number]) => (place ? kinds.indexOf(place.kind) : kinds.length)
  if (placed.filter(({ place }) => place).length * 2 < values.length) return values
  return placed
    .sort((a, b) => rank(a) - rank(b) || (a.place?.at ?? 0) - (b.place?.at ?? 0))
    .map(({ facet }) => facet)
}

/** "41", "41.5", "42,5 cm", "EU 42", "1/2"; "XS", "2XL". */
function placeOf(value: string): { kind: string; at: number } | null {
  const text = value.trim().toLowerCase()
  const size = sizes.indexOf(text.replace(/^([2-4])(?=x[ls]$)/, (digit) => 'x'.repeat(Number(digit) - 1)))
  if (size >= 0) return { kind: 'size', at: size }
  const number = /^(\p{L}{0,3}) ?(\d{1,9}(?:[.,]\d{1,3})?)(?: ?(\p{L}{0,4}|"|″|%))$/u.exec(text)
  return number ? { kind: `${number[1]} ${number[3]}`, at: Number(number[2]!.replace(',', '.')) } : null
}

/** How an option's name is spelled in the list. */
export function optionLabel(facets: Facets, name: string): string {
  return facets.options.find((option) => isSame(option.name, name))?.label ?? name
}

/** What the filters of a listing are, without its sort order and pages. */
export function filtersOf({
  minPrice,
  maxPrice,
  availability,
  ratings,
  vendors,
  types,
  tags,
  options,
}: Filters): Filters {
  return { minPrice, maxPrice, availability, ratings, vendors, types, tags, options }
}
