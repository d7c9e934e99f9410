import { z } from 'zod'
import { parseDecimal, type Currency } from '#app/domain/money.ts'
import {
  availabilities,
  type Listing,
  listingFields,
  maxPagesShown,
  type OptionFilter,
  ratings,
  sorts,
} from './listing.ts'

/** Far beyond any real list; higher page numbers are not found without a query. */
const maxPage = 5000
const maxValues = 20
const maxOptionNames = 10

const values = z
  .array(z.string())
  .transform((list) => [...new Set(list.map((value) => value.trim()))].filter(isPlain).slice(0, maxValues))

const typedAmount = z.string().max(30).nullable().catch(null)

const pageNumber = z
  .string()
  .regex(/^[1-9]\d{0,3}$/)
  .transform(Number)
  .pipe(z.number().max(maxPage))
  .nullable()
  .catch(null)

/** Shopify's names of sort orders that have another one here. */
const otherSorts: Record<string, string> = { 'created-descending': 'newest', manual: 'featured' }

const schema = z.object({
  sort: z.enum(sorts).catch('featured'),
  page: pageNumber,
  from: pageNumber,
  minPrice: typedAmount,
  maxPrice: typedAmount,
  availability: z
    .array(z.string())
    .transform((chosen) => availabilities.filter((value) => chosen.includes(value))),
  ratings: z.array(z.string()).transform((chosen) => ratings.filter((value) => chosen.includes(value))),
  vendors: values,
  types: values,
  tags: values,
})

/**
 * Parses a listing from a URL. Invalid values are ignored, because such links are saved, edited and shared; only an
 * invalid page number makes the result null.
 */
export function parseListing(
  params: URLSearchParams,
  currency: Currency,
): Omit<Listing, 'page'> & { page: number | null } {
  const sort = params.get(listingFields.sort) ?? ''
  const { minPrice, maxPrice, page, from, ...rest } = schema.parse({
    sort: Object.hasOwn(otherSorts, sort) ? otherSorts[sort] : sort,
    page: params.get(listingFields.page) ?? '1',
    from: params.get(listingFields.from),
    minPrice: params.get(listingFields.minPrice),
    maxPrice: params.get(listingFields.maxPrice),
    availability: params.getAll(listingFields.availability),
    ratings: params.getAll(listingFields.ratings),
    vendors: params.getAll(listingFields.vendors),
    types: params.getAll(listingFields.types),
    tags: params.getAll(listingFields.tags),
  })
  const amount = (typed: string | null) => (typed === null ? null : parseDecimal(typed, currency))
  return {
    ...rest,
    page,
    from: firstShown(from, page ?? 1),
    minPrice: amount(minPrice),
    maxPrice: amount(maxPrice),
    options: parseOptions(params),
  }
}

function firstShown(from: number | null, page: number): number {
  return Math.max(Math.min(from ?? page, page), page - maxPagesShown + 1)
}

/** Spellings that differ only in case are one name or one value; the first spelling stays. */
function parseOptions(params: URLSearchParams): OptionFilter[] {
  const byName = new Map<string, { name: string; values: Map<string, string> }>()
  for (const [key, typed] of params) {
    if (!key.startsWith(listingFields.options)) continue
    const name = key.slice(listingFields.options.length).trim()
    const value = typed.trim()
    if (!isPlain(name) || !isPlain(value)) continue
    const found = byName.get(name.toLowerCase()) ?? { name, values: new Map<string, string>() }
    if (found.values.size === 0 && byName.size >= maxOptionNames) continue
    byName.set(name.toLowerCase(), found)
    const same = value.toLowerCase()
    if (!found.values.has(same) && found.values.size < maxValues) found.values.set(same, value)
  }
  return [...byName.values()].map(({ name, values }) => ({ name, values: [...values.values()] }))
}

/** Text that Postgres can compare: not empty, not too long, no NUL, no lone surrogates. */
function isPlain(value: string): boolean {
  return value !== '' && value.length <= 255 && value.isWellFormed() && !value.includes('\0')
}
