import { and, type SQL, sql } from 'drizzle-orm'
import { isBuyable, isPublished } from '#app/domain/products/published.server.ts'
import { db } from '#db/client.ts'
import { products, variants } from '#db/schema/index.ts'
import { type Facet, type Facets, type OptionFacet, withChosen, withChosenOptions } from './facets.ts'
import { filterGroups, type FilterGroup, isChosenValue, optionKey, textArray } from './filters.server.ts'
import type { Filters, OptionFilter } from './listing.ts'
import type { Scope } from './scope.server.ts'

const maxValues = 12
/** A range of sizes is longer, and useless without its ends. */
const maxOptionValues = 24
const maxOptions = 8

/**
 * The facets of a list in one statement. A value counts the products that have it and match all filters except those of
 * its own group; of options and prices, a single variant has to match. Values of options are those of variants that can
 * be bought.
 */
export async function listFacets(scope: Scope, filters: Filters): Promise<CountedFacets> {
  const [row] = await db.execute<Row>(facetsQuery(scope, filters))
  return { facets: toFacets(row!, filters), productIds: row!.product_ids }
}

/** `productIds` are all products that were counted, without the filters; null for a larger scope. */
export type CountedFacets = { facets: Facets; productIds: number[] | null }

/** Pages of smaller scopes depend on these products only, those of larger ones on all. */
const maxProductIds = 250

type Row = {
  product_ids: number[] | null
  prices: { min: number | null; max: number | null }
  in_stock: number
  out_of_stock: number
  vendors: Facet[] | null
  types: Facet[] | null
  tags: Facet[] | null
  options: OptionFacet[] | null
}

function toFacets(row: Row, filters: Filters): Facets {
  const { min, max } = row.prices
  return {
    prices: min === null || max === null ? null : { min, max },
    inStock: row.in_stock,
    outOfStock: row.out_of_stock,
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
export function facetsQuery(scope: Scope, filters: Filters): SQL {
  const groups = filterGroups(filters)
  const { options } = filters
  const bit: Bit = (group) => sql.raw(String(bitOf(groups, group)))
  return sql`
    with hits as materialized (${hits(scope, groups, options, bit)}),
    owned as (${ownedValues(groups, options, bit)}),
    listed as (${listedOptions(options)})
    select
      (select json_agg(id) from hits having count(*) <= ${maxProductIds}) as product_ids,
      (select json_build_object('min', min(low), 'max', max(high)) from hits) as prices,
      (select count(*) from hits where is_in_stock)::int as in_stock,
      (select count(*) from hits where is_sold_out)::int as out_of_stock,
      ${topValues({ of: sql`vendor`, chosen: filters.vendors, bit: bit('vendors') })} as vendors,
      ${topValues({ of: sql`type`, chosen: filters.types, bit: bit('types') })} as types,
      ${topValues({ of: sql`tag`, from: sql`cross join unnest(tags) as tag`, chosen: filters.tags, bit: bit('tags') })} as tags,
      (select json_agg(json_build_object('name', name, 'label', label, 'values', values) order by place)
        from listed) as options`
}

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
  return sql`((${all}) & ~ case when ${isBuyable} then chosen else 0 end)`
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
    select array[name, value] as spelling, array[lower(name), lower(value)] as key,
      ${chosen.length > 0 ? sql`bit_or(case ${sql.join(chosen, sql` `)} else 0 end) over ()` : sql`0`} as chosen
    from unnest(products.option_names, ${variants.optionValues}) as own(name, value) offset 0`
}

/** The products of the scope; `nearly` has the groups that are all that one of its variants fails. */
function hits(scope: Scope, groups: FilterGroup[], options: OptionFilter[], bit: Bit): SQL {
  const fits = (group: string) => sql`failed in (0, ${bit(group)})`
  const ofProduct = failedGroups(groups, 'product')
  const failed = sql`${ofProduct} + ${failedGroups(groups, 'variant')} + ${failedOptions(options, bit)}`
  const chosen = sql`left join lateral (select chosen from (${ownOptions(options, bit)}) own limit 1) own on true`
  return sql`
    select ${products.id}, vendor, type, tags, option_names, price_min, ${ofProduct} as failed_of_product,
      is_match, nearly, is_in_stock, low, high,
      is_available and price_min is not null and not can_buy as is_sold_out
    from ${products} join (
      select id, bool_or(failed = 0) as is_match, bool_or(is_buyable) as can_buy,
        coalesce(bit_or(failed) filter (where failed & (failed - 1) = 0), 0) as nearly,
        bool_or(is_buyable and ${fits('availability')}) as is_in_stock,
        bool_or(${fits('availability')}) as is_available,
        min(price) filter (where ${fits('price')}) as low,
        max(price) filter (where ${fits('price')}) as high
      from (
        select ${products.id}, ${variants.price}, ${isBuyable} as is_buyable, ${failed} as failed
        from ${products} join ${variants} on ${variants.productId} = ${products.id}
        ${options.length > 0 ? chosen : sql``}
        where ${and(isPublished, scope.where)} offset 0
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
          count(*) filter (where is_match or nearly & ${bit} <> 0)::int as count
        from hits ${from} where ${of} <> '' group by 1
      ) counted
    ) numbered
    where place <= ${maxValues} or is_chosen)`
}

/**
 * The option values that can be bought of each product: once, however many of its variants have it and in whatever
 * spelling.
 */
function ownedValues(groups: FilterGroup[], options: OptionFilter[], bit: Bit): SQL {
  const failed = sql`failed_of_product + ${failedGroups(groups, 'variant')} + ${failedOptions(options, bit)}`
  const ownBit = byName(options, ({ name }) => bit(optionKey(name)), sql`0`)
  return sql`
    select products.id, key, min(spelling) as spelling,
      bool_or(${failed} in (0, ${ownBit})) as counts
    from hits as products join ${variants} on ${variants.productId} = products.id
    cross join lateral (${ownOptions(options, bit)}) own
    where ${isBuyable} group by 1, 2`
}

/** The options with the most values in products, and the chosen ones, each with its values. */
function listedOptions(options: OptionFilter[]): SQL {
  const isChosen = byName(options, ({ values }) => sql`key[2] in ${lowered(values)}`, sql`false`)
  return sql`
    select * from (
      select key[1] as name, (array_agg(label order by total desc))[1] as label,
        json_agg(json_build_object('value', value, 'count', count, 'isChosen', is_chosen) order by place)
          filter (where place <= ${maxOptionValues} or is_chosen) as values,
        row_number() over (order by sum(total) desc, key[1]) as place
      from (
        select *, row_number() over (partition by key[1] order by count desc, total desc, key) as place
        from (
          select key, (array_agg(spelling[1] order by total desc))[1] as label,
            (array_agg(spelling[2] order by total desc))[1] as value, ${isChosen} as is_chosen,
            sum(count)::int as count, sum(total) as total
          from (
            select array[key, spelling] as same, min(key) as key, min(spelling) as spelling,
              count(*) filter (where counts) as count, count(*) as total
            from owned group by same
          ) spelled
          group by key
        ) counted
      ) numbered
      group by key[1]
    ) named
    where place <= ${maxOptions} or name in ${lowered(options.map(({ name }) => name))}`
}

function byName(options: OptionFilter[], then: (option: OptionFilter) => SQL, otherwise: SQL): SQL {
  if (options.length === 0) return otherwise
  const each = options.map((option) => sql`when lower(${option.name}) then ${then(option)}`)
  return sql`case key[1] ${sql.join(each, sql` `)} else ${otherwise} end`
}

const lowered = (texts: string[]) => sql`(select lower(text) from unnest(${textArray(texts)}) as text)`
