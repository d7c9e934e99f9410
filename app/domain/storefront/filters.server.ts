import { inArray, or, type SQL, sql } from 'drizzle-orm'
import { isBuyable } from '#app/domain/products/published.server.ts'
import { productRatings, products, variants } from '#db/schema/index.ts'
import type { Filters, OptionFilter } from './listing.ts'

/**
 * One filter group that is in use. Its condition is on `products`, or on one of the product's `variants`: one and the
 * same variant has to meet the conditions of all groups, those of options included.
 */
export type FilterGroup = { key: string; of: 'product' | 'variant' | 'option'; condition: SQL }

/** The groups of these filters; the values of one group are alternatives. */
export function filterGroups(filters: Filters): FilterGroup[] {
  const { availability, ratings, vendors, types, tags, options } = filters
  const group = (key: string, of: FilterGroup['of'], condition: SQL | undefined) =>
    condition ? [{ key, of, condition }] : []
  return [
    ...group('vendors', 'product', vendors.length ? inArray(products.vendor, vendors) : undefined),
    ...group('types', 'product', types.length ? inArray(products.type, types) : undefined),
    ...group('tags', 'product', tags.length ? sql`${products.tags} && ${textArray(tags)}` : undefined),
    ...group('ratings', 'product', ratings.length ? hasRating(ratings) : undefined),
    ...group('price', 'variant', priceCondition(filters)),
    ...group(
      'availability',
      'variant',
      or(
        availability.includes('1') ? isBuyable : undefined,
        availability.includes('0') ? isSoldOut : undefined,
      ),
    ),
    ...options.flatMap((option) => group(optionKey(option.name), 'option', optionCondition(option))),
  ]
}

export const optionKey = (name: string) => `option ${name}`

/** The average of the approved reviews is at least the lowest of these. */
function hasRating(ratings: string[]): SQL {
  return sql`exists (select from ${productRatings} where ${productRatings.productId} = ${products.id}
    and ${productRatings.count} > 0 and ${productRatings.sum} >= ${Math.min(...ratings.map(Number))} * ${productRatings.count})`
}

/** As the product's card says: it has a price, and no variant that can be bought. */
const isSoldOut = sql`(${products.priceMin} is not null and not exists (select from ${variants} where
  ${variants.productId} = ${products.id} and ${isBuyable}))`

/** The filters as a condition on `products`. */
export function filtersCondition(filters: Filters): SQL[] {
  const groups = filterGroups(filters)
  const { minPrice, maxPrice } = filters
  const ofVariant = groups.filter((group) => group.of !== 'product').map(({ condition }) => condition)
  return [
    ...groups.filter((group) => group.of === 'product').map(({ condition }) => condition),
    // The product's range first, which is cheap; then a variant whose price is really in range.
    ...(minPrice === null ? [] : [sql`${products.priceMax} >= ${minPrice}`]),
    ...(maxPrice === null ? [] : [sql`${products.priceMin} <= ${maxPrice}`]),
    ...(ofVariant.length === 0
      ? []
      : [
          sql`exists (select from ${variants} where ${variants.productId} = ${products.id} and ${sql.join(ofVariant, sql` and `)})`,
        ]),
  ]
}

function priceCondition({ minPrice, maxPrice }: Filters): SQL | undefined {
  if (minPrice === null && maxPrice === null) return undefined
  const ends = [
    ...(minPrice === null ? [] : [sql`${variants.price} >= ${minPrice}`]),
    ...(maxPrice === null ? [] : [sql`${variants.price} <= ${maxPrice}`]),
  ]
  return sql`(${sql.join(ends, sql` and `)})`
}

/** Only variants that can be bought count: size 41 lists what has 41. */
function optionCondition({ name, values }: OptionFilter): SQL {
  return sql`(${isBuyable} and exists (select from unnest(${products.optionNames}, ${variants.optionValues}) as own(name, value)
    where ${isChosenValue({ name, values })}))`
}

/** Whether `name` and `value` are among the chosen ones. */
export function isChosenValue({ name, values }: OptionFilter): SQL {
  const chosen = values.map((value) => sql`lower(${value})`)
  return sql`lower(name) = lower(${name}) and lower(value) in (${sql.join(chosen, sql`, `)})`
}

export const textArray = (values: string[]) => sql`${sql.param(values)}::text[]`

export const lowered = (texts: string[]) => sql`(select lower(text) from unnest(${textArray(texts)}) as text)`
