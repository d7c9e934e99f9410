import { z } from 'zod'
import { parseDecimal, type Currency } from '#app/domain/money.ts'
import { type Listing, listingFields, sorts } from './listing.ts'

/** Far beyond any real list; higher page numbers are not found without a query. */
const maxPage = 5000

const values = z
  .array(z.string())
  .transform((list) => [...new Set(list.map((value) => value.trim()))].filter(isPlain).slice(0, 20))

const typedAmount = z.string().max(30).nullable().catch(null)

const schema = z.object({
  sort: z.enum(sorts).catch('featured'),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .pipe(z.number().max(maxPage))
    .nullable()
    .catch(null),
  minPrice: typedAmount,
  maxPrice: typedAmount,
  onlyAvailable: z
    .literal('1')
    .nullable()
    .catch(null)
    .transform((value) => value === '1'),
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
  const { minPrice, maxPrice, ...rest } = schema.parse({
    sort: params.get(listingFields.sort),
    page: params.get(listingFields.page) ?? '1',
    minPrice: params.get(listingFields.minPrice),
    maxPrice: params.get(listingFields.maxPrice),
    onlyAvailable: params.get(listingFields.onlyAvailable),
    vendors: params.getAll(listingFields.vendors),
    types: params.getAll(listingFields.types),
    tags: params.getAll(listingFields.tags),
  })
  const amount = (typed: string | null) => (typed === null ? null : parseDecimal(typed, currency))
  return { ...rest, minPrice: amount(minPrice), maxPrice: amount(maxPrice) }
}

/** Text that Postgres can compare: not empty, not too long, no NUL, no lone surrogates. */
function isPlain(value: string): boolean {
  return value !== '' && value.length <= 255 && value.isWellFormed() && !value.includes('\0')
}
