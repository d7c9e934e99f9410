import { and, type SQL, sql } from 'drizzle-orm'
import { isBuyable } from '#app/domain/products/published.server.ts'
import { db } from '#db/client.ts'
import { productRatings, products, variants } from '#db/schema/index.ts'
import {
  type CountedFacets,
  type Facet,
  type Facets,
  maxOptions,
  maxOptionValues,
  maxProductIds,
  maxValues,
  type OptionFacet,
  withChosen,
  withChosenOptions,
} from './facets.ts'
import {
  filterGroups,
  type FilterGroup,
  isChosenValue,
  lowered,
  optionKey,
  textArray,
} from './filters.server.ts'
import type { Filters, OptionFilter } from './listing.ts'
import type { Scope } from './scope.server.ts'

/**
 * The facets of a list in one statement. A value counts the products that have it and match all filters except those of
 * its own group; of options and prices, a single variant has to match. Values of options are those of variants that can
 * be bought.
 */
export async function listFacets(scope: Scope, filters: Filters): Promise<CountedFacets> {
  const counted = await scope.countFacets?.(filters)
  if (counted) return counted
  const [row] = await db.execute<FacetsRow>(facetsQuery(scope, filters))
  return toCountedFacets(row!, filters)
}

/** What a statement that counts facets returns. */
export type FacetsRow = {
  product_ids: number[] | null
  prices: { min: number | null; max: number | null }
  in_stock: number
  out_of_stock: number
  ratings: Facet[] | null
  vendors: Facet[] | null
  types: Facet[] | null
  tags: Facet[] | null
  options: OptionFacet[] | null
}

/** With the chosen values that no product has. */
export function toCountedFacets(row: FacetsRow, filters: Filters): CountedFacets {
  return { facets: toFacets(row, filters), productIds: row.product_ids }
}

function toFacets(row: FacetsRow, filters: Filters): Facets {
  const { min, max } = row.prices
  return {
    prices: min === null || max === null ? null : { min, max },
    inStock: row.in_stock,
    outOfStock: row.out_of_stock,
    ratings: withChosen(row.ratings ?? [], filters.ratings).sort((a, b) => Number(b.value) - Number(a.value)),
    vendors: withChosen(row.vendors ?? [], filters.vendors),
    types: withChosen(row.types ?? [], filters.types),
    tags: withChosen(row.tags ?? [], filters.tags),
    options: withChosenOptions(row.options ?? [], filters.options),
  }
}

type Bit = (group: string) => SQL

/**
 * Each variant has a set of the filter groups that it fails, one bit for each. A product counts for a value of a group
 * if one of its variants fails no group, or no other than this one.
 */
function facetsQuery(scope: Scope, filters: Filters): SQL {
  const groups = filterGroups(filters)
  const { options } = filters
  const bit: Bit = (group) => sql.raw(String(bitOf(groups, group)))
  return sql`
    with hits as materialized (${hits(scope, groups, options, bit)}),
    owned as (${ownedValues(scope, groups, options, bit)}),
    listed as (${listedOptions(options)})
    select
      (select json_agg(id) from hits having count(*) <= ${maxProductIds}) as product_ids,
      (select json_build_object('min', min(low), 'max', max(high)) from hits) as prices,
      (select count(*) from hits where facts & ${isInStock} <> 0)::int as in_stock,
      (select count(*) from hits where facts & ${isCounted} <> 0 and facts & ${isForSale} = 0
        and price_min is not null)::int as out_of_stock,
      ${topValues({ of: sql`stars`, from: eachRating, chosen: filters.ratings, bit: bit('ratings') })} as ratings,
      ${topValues({ of: sql`vendor`, chosen: filters.vendors, bit: bit('vendors') })} as vendors,
      ${topValues({ of: sql`type`, chosen: filters.types, bit: bit('types') })} as types,
      ${topValues({ of: sql`tag`, from: sql`cross join unnest(tags) as tag`, chosen: filters.tags, bit: bit('tags') })} as tags,
      (select json_agg(json_build_object('name', name, 'label', label, 'values', values) order by place)
        from listed) as options`
}

/** As many rows for a product as its average rating has whole stars, but no more than a filter asks for. */
const eachRating = sql`join ${productRatings} on ${productRatings.productId} = hits.id and ${productRatings.count} > 0
  cross join lateral (select n::text as stars from generate_series(1, least(4, ${productRatings.sum} / ${productRatings.count})) as n) rated`

function bitOf(groups: FilterGroup[], key: string): number {
  const index = groups.findIndex((group) => group.key === key)
  return index < 0 ? 0 : 1 << index
}

/** The groups of products or of variants that are failed. */
function failedGroups(groups: FilterGroup[], of: 'product' | 'variant'): SQL {
  const each = groups
    .filter((group) => group.of === of)
    .map(
      ({ key, condition }) =>
        sql`case when ${condition} then 0 else ${sql.raw(String(bitOf(groups, key)))} end`,
    )
  return each.length > 0 ? sql.join(each, sql` + `) : sql`0`
}

/** The groups of options that a variant fails, of which `chosen` has those that its values are chosen in. */
function failedOptions(options: OptionFilter[], bit: Bit): SQL {
  if (options.length === 0) return sql`0`
  const all = sql.join(
    options.map(({ name }) => bit(optionKey(name))),
    sql` | `,
  )
  return sql`((${all}) & ~ case when ${isBuyable} then coalesce(chosen, 0) else 0 end)`
}

/**
 * The names and values of a variant, folded. Many variants have the same ones: as a subquery that is not flattened
 * ("offset 0") it runs once for each combination.
 */
function ownOptions(options: OptionFilter[], bit: Bit): SQL {
  const chosen = options.map(
    (option) => sql`when ${isChosenValue(option)} then ${bit(optionKey(option.name))}`,
  )
  return sql`
    select concat(name, chr(31), value) as spelling, concat(lower(name), chr(31), lower(value)) as key,
      ${chosen.length > 0 ? sql`bit_or(case ${sql.join(chosen, sql` `)} else 0 end) over ()` : sql`0`} as chosen
    from unnest(products.option_names, ${variants.optionValues}) as own(name, value) offset 0`
}

/** What is true of one of a product's variants: bits beside those of the groups. */
const isMatch = sql.raw(String(1 << 30))
const isForSale = sql.raw(String(1 << 29))
/** It fails no group, or only availability. */
const isCounted = sql.raw(String(1 << 28))
const isInStock = sql.raw(String(1 << 27))

/** All groups that a variant fails. */
function failedSet(groups: FilterGroup[], options: OptionFilter[], bit: Bit): SQL {
  const parts = [
    failedGroups(groups, 'product'),
    failedGroups(groups, 'variant'),
    failedOptions(options, bit),
  ]
  return sql.join(parts, sql` + `)
}

/**
 * The products of the scope. `facts` has the bits above, and the groups that are all that one of the variants fails. One
 * aggregate for all of them, because each takes as long as reading the variants.
 */
function hits(scope: Scope, groups: FilterGroup[], options: OptionFilter[], bit: Bit): SQL {
  const chosen = sql`left join lateral (select chosen from (${ownOptions(options, bit)}) own limit 1) own on true`
  return sql`
    select ${products.id}, vendor, type, tags, price_min, facts, low, high
    from ${products} join (
      select id, min(price) as low, max(price) as high,
        bit_or(
          case when failed = 0 then ${isMatch} when failed & (failed - 1) = 0 then failed else 0 end
          | case when is_buyable then ${isForSale} else 0 end
          | case when failed & ~ ${bit('availability')} <> 0 then 0 when is_buyable then ${isCounted} | ${isInStock}
            else ${isCounted} end
        ) as facts
      from (
        select id, is_buyable, failed, case when failed & ~ ${bit('price')} = 0 then price end as price
        from (
          select ${products.id}, ${variants.price}, ${isBuyable} as is_buyable, ${failedSet(groups, options, bit)} as failed
          from ${scope.from} join ${variants} on ${variants.productId} = ${products.id}
          ${options.length > 0 ? chosen : sql``}
          where ${scope.where} offset 0
        ) each
      ) matches
      group by id
    ) counted on counted.id = ${products.id}`
}

/** The values with the highest counts, and the chosen ones. */
function topValues(input: { of: SQL; from?: SQL; chosen: string[]; bit: SQL }): SQL {
  const { of, from = sql``, chosen, bit } = input
  return sql`(
    select json_agg(json_build_object('value', value, 'count', count, 'isChosen', is_chosen) order by place)
    from (
      select *, row_number() over (order by count desc, value) as place
      from (
        select ${of} as value, ${of} = any(${textArray(chosen)}) as is_chosen,
          count(*) filter (where facts & (${isMatch} | ${bit}) <> 0)::int as count
        from hits ${from} where ${of} <> '' group by 1
      ) counted
    ) numbered
    where place <= ${maxValues} or is_chosen)`
}

/**
 * The option values that can be bought of each product: once, however many of its variants have it and in whatever
 * spelling.
 */
function ownedValues(scope: Scope, groups: FilterGroup[], options: OptionFilter[], bit: Bit): SQL {
  const ownBit = byName(sql`split_part(key, chr(31), 1)`, options, ({ name }) => bit(optionKey(name)), sql`0`)
  // Not from "hits": the planner knows how many products and variants there are, but nothing about those.
  return sql`
    select ${products.id}, key, min(spelling) as spelling,
      bool_or((${failedSet(groups, options, bit)}) & ~ ${ownBit} = 0) as counts
    from ${scope.from} join ${variants} on ${variants.productId} = ${products.id}
    cross join lateral (${ownOptions(options, bit)}) own
    where ${and(scope.where, isBuyable)} group by 1, 2`
}

/** The options with the most values in products, and the chosen ones, each with its values. */
function listedOptions(options: OptionFilter[]): SQL {
  const isChosen = byName(
    sql`name`,
    options,
    ({ values }) => sql`lower_value in ${lowered(values)}`,
    sql`false`,
  )
  return sql`
    select * from (
      select name, (array_agg(label order by total desc))[1] as label,
        json_agg(json_build_object('value', value, 'count', count, 'isChosen', is_chosen) order by place)
          filter (where place <= ${maxOptionValues} or is_chosen) as values,
        row_number() over (order by sum(total) desc, name) as place
      from (
        select *, ${isChosen} as is_chosen,
          row_number() over (partition by name order by count desc, total desc, lower_value) as place
        from (
          select split_part(key, chr(31), 1) as name, split_part(key, chr(31), 2) as lower_value,
            split_part(spelling, chr(31), 1) as label, split_part(spelling, chr(31), 2) as value, count, total
          from (
            select key, (array_agg(spelling order by total desc))[1] as spelling, sum(count)::int as count,
              sum(total) as total
            from (
              select min(key) as key, spelling, count(*) filter (where counts) as count, count(*) as total
              from owned group by spelling
            ) spelled
            group by key
          ) counted
        ) split
      ) numbered
      group by name
    ) named
    where place <= ${maxOptions} or name in ${lowered(options.map(({ name }) => name))}`
}

function byName(
  column: SQL,
  options: OptionFilter[],
  then: (option: OptionFilter) => SQL,
  otherwise: SQL,
): SQL {
  if (options.length === 0) return otherwise
  const each = options.map((option) => sql`when lower(${option.name}) then ${then(option)}`)
  return sql`case ${column} ${sql.join(each, sql` `)} else ${otherwise} end`
}
