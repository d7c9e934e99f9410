import { type SQL, sql } from 'drizzle-orm'
import { type FacetsRow, toCountedFacets } from '#app/domain/storefront/facets.server.ts'
import {
  type CountedFacets,
  maxOptions,
  maxOptionValues,
  maxProductIds,
  maxValues,
} from '#app/domain/storefront/facets.ts'
import { textArray } from '#app/domain/storefront/filters.server.ts'
import type { Filters } from '#app/domain/storefront/listing.ts'
import { db, plannedForValues } from '#db/client.ts'
import { type ChosenValues, matchBitmaps } from './bitmaps.server.ts'
import type { LexemeGroups } from './search.ts'

/** The products of a search: a condition on documents `d`, and their words if many have them. */
type Found = { where: SQL; groups: LexemeGroups | null }

/**
 * The facets of a search, as `listFacets` counts them, but from the values that documents hold, or from bitmaps. Null for
 * filters by price, availability or options, for which one variant has to match.
 */
export async function countFacets(found: Found, filters: Filters): Promise<CountedFacets | null> {
  const chosen = productFilters(filters)
  if (!chosen) return null
  const match = found.groups && (await matchBitmaps(found.groups, chosen))
  const query = match ? facetsByBitmaps(match, chosen) : facetsByDocuments(found.where, chosen)
  const [row] = await db.execute<FacetsRow>(query)
  return toCountedFacets(match ? { ...row!, prices: await priceRange(found.where, chosen) } : row!, filters)
}

/** The filters by what the product is, or null when there are others. */
export function productFilters(filters: Filters): ChosenValues[] | null {
  const { minPrice, maxPrice, availability, ratings, options, vendors, types, tags } = filters
  if (minPrice !== null || maxPrice !== null || availability.length > 0 || options.length > 0) return null
  const all: ChosenValues[] = [
    { kind: 'vendor', values: vendors },
    { kind: 'type', values: types },
    { kind: 'tag', values: tags },
    { kind: 'rating', values: ratings },
  ]
  return all.filter(({ values }) => values.length > 0)
}

/** A value counts the products that have it and fail no group, or no other than its own. */
function facetsByDocuments(where: SQL, chosen: ChosenValues[]): SQL {
  const bit = sql`case f.kind when 'vendor' then ${bits.vendor} when 'type' then ${bits.type}
    when 'tag' then ${bits.tag} when 'rating' then ${bits.rating} else 0 end`
  return sql`
    with hits as materialized (
      select product_id, facets, is_available, price_min, price_max, ${failedGroups(chosen)} as failed
      from search_documents d where ${where}
    ), counted as (
      select f.kind, f.name, f.value, coalesce(sum(n) filter (where failed & ~ ${bit} = 0), 0)::int as count,
        sum(n) as total
      from (select id, failed, count(*) as n from hits cross join unnest(facets) as id group by 1, 2) each
      join search_facets f using (id) group by f.id
    )
    select
      (select json_agg(product_id) from hits having count(*) <= ${maxProductIds}) as product_ids,
      (select json_build_object('min', min(price_min), 'max', max(price_max)) from hits where failed = 0) as prices,
      (select count(*) from hits where failed = 0 and is_available)::int as in_stock,
      (select count(*) from hits where failed = 0 and not is_available and price_min is not null)::int as out_of_stock,
      ${shownValues(chosen)}`
}

const bits = { vendor: sql.raw('1'), type: sql.raw('2'), tag: sql.raw('4'), rating: sql.raw('8') }

/** The groups in which a document has none of the chosen values. */
function failedGroups(chosen: ChosenValues[]): SQL {
  const each = chosen.map((group) => sql`case when ${hasChosen(group)} then 0 else ${bits[group.kind]} end`)
  return each.length > 0 ? sql.join(each, sql` + `) : sql`0`
}

function hasChosen({ kind, values }: ChosenValues): SQL {
  return sql`d.facets && array(select search_facet(${kind}, '', value) from unnest(${textArray(values)}) as value)`
}

/** The same by bits. Rare values are not counted. */
function facetsByBitmaps(match: SQL, chosen: ChosenValues[]): SQL {
  const bitsOf = (
    property: string,
  ) => sql`(select coalesce(sum(bit_count(b.bits & m.matches)), 0) from match m
    join search_bitmaps b using (chunk) where b.key = search_facet(${property}, '', ''))::int`
  const own = sql`case f.kind when 'vendor' then m.vendor when 'type' then m.type when 'tag' then m.tag
    when 'rating' then m.rating else m.matches end`
  const count = sql`sum(bit_count(b.bits & ${chosen.length > 0 ? own : sql`m.matches`}))`
  const total = chosen.length > 0 ? sql`sum(bit_count(b.bits & m.base))` : count
  return sql`
    with match as materialized (${match}),
    counted as (
      select * from (
        select f.kind, f.name, f.value, ${count}::int as count, ${total} as total
        from match m join search_bitmaps b using (chunk) join search_facets f on f.id = b.key group by f.id
      ) every where total > 0
    )
    select null as product_ids, ${bitsOf('in stock')} as in_stock, ${bitsOf('out of stock')} as out_of_stock,
      ${shownValues(chosen)}`
}

/** The lowest and highest price of these documents; the first ones by price that match, if many do. */
async function priceRange(where: SQL, chosen: ChosenValues[]): Promise<FacetsRow['prices']> {
  const condition = sql.join([where, ...chosen.map(hasChosen)], sql` and `)
  const [row] = await db.execute<{ min: number | null; max: number | null }>(sql`
    select ${sql.raw(plannedForValues)} (select min(price_min)::float8 from search_documents d where ${condition}) as min,
      (select max(price_max)::float8 from search_documents d where ${condition}) as max`)
  return row!
}

function shownValues(chosen: ChosenValues[]): SQL {
  return sql`${topValues('rating', chosen)} as ratings, ${topValues('vendor', chosen)} as vendors, ${topValues('type', chosen)} as types,
    ${topValues('tag', chosen)} as tags, ${topOptions} as options`
}

/** The values with the highest counts, and the chosen ones. */
function topValues(kind: ChosenValues['kind'], chosen: ChosenValues[]): SQL {
  const values = chosen.find((group) => group.kind === kind)?.values ?? []
  return sql`(
    select json_agg(json_build_object('value', value, 'count', count, 'isChosen', is_chosen) order by place)
    from (
      select *, value = any (${textArray(values)}) as is_chosen, row_number() over (order by count desc, value) as place
      from counted where kind = ${kind}
    ) numbered
    where place <= ${maxValues} or is_chosen)`
}

/** The options with the most values in products, each with its values. */
const topOptions = sql`(
  select json_agg(json_build_object('name', lower_name, 'label', label, 'values', values) order by total desc, lower_name)
  from (
    select lower_name, (array_agg(name order by total desc))[1] as label, sum(total) as total,
      json_agg(json_build_object('value', value, 'count', count, 'isChosen', false) order by place)
        filter (where place <= ${maxOptionValues}) as values
    from (
      select *, lower(name) as lower_name, row_number() over (
        partition by lower(name) order by count desc, total desc, lower(value)) as place
      from counted where kind = 'option'
    ) numbered
    group by lower_name order by sum(total) desc, lower_name limit ${maxOptions}
  ) named)`
