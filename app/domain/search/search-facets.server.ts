import { type SQL, sql } from 'drizzle-orm'
import { type FacetsRow, toCountedFacets } from '#app/domain/storefront/facets.server.ts'
import { type CountedFacets, maxProductIds } from '#app/domain/storefront/facets.ts'
import type { Filters } from '#app/domain/storefront/listing.ts'
import { db, plannedForValues } from '#db/client.ts'
import { type ChosenValues, matchBitmaps } from './bitmaps.server.ts'
import {
  bits,
  failedGroups,
  hasChosen,
  needsVariants,
  productFilters,
  shownValues,
} from './facet-values.server.ts'
import type { LexemeGroups } from './search.ts'
import { facetsByVariants } from './variant-facets.server.ts'

/** The products of a search: a condition on documents `d`, and their words if many have them. */
type Found = { where: SQL; groups: LexemeGroups | null }

/**
 * The facets of a search, as `listFacets` counts them, but from the values that documents hold, or from bitmaps. Variants are
 * read for filters by price, availability or options, which one variant has to match.
 */
export async function countFacets(found: Found, filters: Filters): Promise<CountedFacets> {
  const chosen = productFilters(filters)
  if (needsVariants(filters)) {
    const [row] = await db.execute<FacetsRow>(facetsByVariants(found.where, filters, chosen))
    return toCountedFacets(row!, filters)
  }
  const match = found.groups && (await matchBitmaps(found.groups, chosen))
  const query = match ? facetsByBitmaps(match, chosen) : facetsByDocuments(found.where, chosen)
  const [row] = await db.execute<FacetsRow>(query)
  return toCountedFacets(match ? { ...row!, prices: await priceRange(found.where, chosen) } : row!, filters)
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
      ${shownValues(chosen, [])}`
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
      ${shownValues(chosen, [])}`
}

/** The lowest and highest price of these documents; the first ones by price that match, if many do. */
async function priceRange(where: SQL, chosen: ChosenValues[]): Promise<FacetsRow['prices']> {
  const condition = sql.join([where, ...chosen.map(hasChosen)], sql` and `)
  const [row] = await db.execute<{ min: number | null; max: number | null }>(sql`
    select ${sql.raw(plannedForValues)} (select min(price_min)::float8 from search_documents d where ${condition}) as min,
      (select max(price_max)::float8 from search_documents d where ${condition}) as max`)
  return row!
}
