import { and, type SQL, sql } from 'drizzle-orm'
import { isBuyable, isPublished } from '#app/domain/products/published.server.ts'
import { db } from '#db/client.ts'
import { products, variants } from '#db/schema/index.ts'
import { type Facet, type Facets, type OptionFacet, withChosen, withChosenOptions } from './facets.ts'
import { filterGroups, type FilterGroup, optionKey, textArray } from './filters.server.ts'
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
export async function listFacets(scope: Scope, filters: Filters): Promise<Facets> {
  const groups = filterGroups(filters)
  const bit = (key: string) => sql.raw(String(bitOf(groups, key)))
  const [row] = await db.execute<Row>(sql`
    with matches as materialized (${matches(scope, groups)}),
    hits as materialized (${hits(bit)}),
    ${optionCounts(filters.options, bit)}
    select
      (select count(*) from hits where is_match)::int as count,
      (select json_build_object('min', min(price), 'max', max(price)) from matches
        where failed in (0, ${bit('price')}) and price is not null) as prices,
      (select count(*) from hits where is_in_stock)::int as in_stock,
      (select count(*) from hits where is_sold_out)::int as out_of_stock,
      ${topValues({ of: sql`${products.vendor}`, chosen: filters.vendors, bit: bit('vendors') })} as vendors,
      ${topValues({ of: sql`${products.type}`, chosen: filters.types, bit: bit('types') })} as types,
      ${topValues({ of: sql`tag`, from: sql`cross join unnest(${products.tags}) as tag`, chosen: filters.tags, bit: bit('tags') })} as tags,
      (select json_agg(json_build_object('name', name, 'label', label, 'values', values) order by place) from listed) as options`)
  return toFacets(row!, filters)
}

type Row = {
  count: number
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
    count: row.count,
    prices: min === null || max === null ? null : { min, max },
    inStock: row.in_stock,
    outOfStock: row.out_of_stock,
    vendors: withChosen(row.vendors ?? [], filters.vendors),
    types: withChosen(row.types ?? [], filters.types),
    tags: withChosen(row.tags ?? [], filters.tags),
    options: withChosenOptions(row.options ?? [], filters.options),
  }
}

/** The group's bit in the set of groups that a variant fails; 0 for a group that is not in use. */
function bitOf(groups: FilterGroup[], key: string): number {
  const index = groups.findIndex((group) => group.key === key)
  return index < 0 ? 0 : 1 << index
}

/** The variants of the scope, each with the set of filter groups that it fails. */
function matches(scope: Scope, groups: FilterGroup[]): SQL {
  const failed = groups.map(
    ({ key, condition }) =>
      sql`case when ${condition} then 0 else ${sql.raw(String(bitOf(groups, key)))} end`,
  )
  return sql`
    select ${products.id}, ${variants.price}, ${products.optionNames}, ${variants.optionValues},
      ${isBuyable} as is_buyable,
      ${failed.length > 0 ? sql.join(failed, sql` + `) : sql`0`} as failed
    from ${products} join ${variants} on ${variants.productId} = ${products.id}
    where ${and(isPublished, scope.where)}`
}

/**
 * The products of the scope. `nearly` has the groups that are all that one of its variants fails: their values count the
 * product, too.
 */
function hits(bit: (key: string) => SQL): SQL {
  const fits = sql`failed in (0, ${bit('availability')})`
  return sql`
    select id, bool_or(failed = 0) as is_match,
      coalesce(bit_or(failed) filter (where failed & (failed - 1) = 0), 0) as nearly,
      bool_or(is_buyable and ${fits}) as is_in_stock,
      bool_or(${fits}) and bool_or(price is not null) and not bool_or(is_buyable) as is_sold_out
    from matches group by id`
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
        from hits join ${products} on ${products.id} = hits.id ${from}
        where ${of} <> '' group by 1
      ) counted
    ) numbered
    where place <= ${maxValues} or is_chosen)`
}

/** `listed`: the options that most products have, and the chosen ones, each with its values. */
function optionCounts(options: OptionFilter[], bit: (key: string) => SQL): SQL {
  const ownBit = cases(options, ({ name }) => bit(optionKey(name)), sql`0`)
  const isChosen = cases(options, ({ values }) => sql`value_key in ${lowered(values)}`, sql`false`)
  return sql`
    counted as (
      select name_key, value_key, mode() within group (order by name) as name,
        mode() within group (order by value) as value, ${isChosen} as is_chosen,
        count(distinct id) filter (where failed in (0, ${ownBit}))::int as count, count(distinct id) as total
      from (
        select id, failed, name, value, lower(name) as name_key, lower(value) as value_key
        from matches cross join unnest(option_names, option_values) as own(name, value)
        where is_buyable
      ) owned
      group by name_key, value_key
    ),
    numbered as (
      select *, row_number() over (partition by name_key order by count desc, total desc, value_key) as place from counted
    ),
    named as (
      select name_key as name, (array_agg(name order by total desc))[1] as label,
        json_agg(json_build_object('value', value, 'count', count, 'isChosen', is_chosen) order by place)
          filter (where place <= ${maxOptionValues} or is_chosen) as values,
        row_number() over (order by sum(total) desc, name_key) as place
      from numbered group by name_key
    ),
    listed as (
      select * from named where place <= ${maxOptions} or name in ${lowered(options.map(({ name }) => name))}
    )`
}

/** By the option's name. */
function cases(options: OptionFilter[], then: (option: OptionFilter) => SQL, otherwise: SQL): SQL {
  if (options.length === 0) return otherwise
  const each = options.map((option) => sql`when lower(${option.name}) then ${then(option)}`)
  return sql`case name_key ${sql.join(each, sql` `)} else ${otherwise} end`
}

const lowered = (texts: string[]) => sql`(select lower(text) from unnest(${textArray(texts)}) as text)`
