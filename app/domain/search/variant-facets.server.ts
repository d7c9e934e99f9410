import { type SQL, sql } from 'drizzle-orm'
import { isBuyable } from '#app/domain/products/published.server.ts'
import { maxProductIds } from '#app/domain/storefront/facets.ts'
import { isChosenValue, textArray } from '#app/domain/storefront/filters.server.ts'
import type { Filters, OptionFilter } from '#app/domain/storefront/listing.ts'
import { products, variants } from '#db/schema/index.ts'
import type { ChosenValues } from './bitmaps.server.ts'
import { bits, failedGroups, shownValues } from './facet-values.server.ts'

/** Facets of a search with filters that one and the same variant has to meet: by price, availability and options. */

/** Beside the bits of the groups by product. */
const price = 16
const availability = 32
const optionBit = (place: number) => 64 << place
/** What is true of one of a product's variants, as in `listFacets`. */
const isMatch = 1 << 20
const isForSale = 1 << 21
const isCounted = 1 << 22
const isInStock = 1 << 23
/** The product was judged by its document. */
const isByDocument = 1 << 24

const raw = (bit: number) => sql.raw(String(bit))

type Group = { bit: number; isFailedBy: { document: SQL; variant: SQL } }

/**
 * As the statement that counts one by one (facets.server.ts): each variant has a set of the groups that it fails. The
 * document tells which groups all variants fail. If these are two, or the only group of variants, no variant is read;
 * for the availability alone, none but for the prices.
 */
export function facetsByVariants(where: SQL, filters: Filters, chosen: ChosenValues[]): SQL {
  const groups = variantGroups(filters)
  const { options } = filters
  const onlyGroup = groups.length === 1 ? groups[0]!.bit : 0
  const isOnlyAvailability = onlyGroup === availability
  const optionBits = options.reduce((all, _, place) => all | optionBit(place), 0)
  return sql`
    with hits as materialized (
      select product_id, facets, is_available, price_min, price_max, ${failedGroups(chosen)} as failed_product,
        ${failedBy(groups, 'document')} as failed_variants
      from search_documents d where ${where}
    ),
    judged as materialized (
      select *, failed & (failed - 1) <> 0 or ${raw(onlyGroup)} > 0 and failed = ${raw(onlyGroup)}
        or ${isOnlyAvailability} as is_by_document
      from (select *, failed_product | failed_variants as failed from hits) h
    ),
    each as materialized (${eachVariant(groups, options, optionBits)}),
    facts as materialized (
      select product_id, facts, low, high from (${factsOfVariants}) v
      union all select product_id, ${factsOfDocument}, case when failed = ${raw(price)} then price_min end,
        case when failed = ${raw(price)} then price_max end
      from judged where is_by_document
    ),
    options as materialized (
      select key, count(*) as n from (
        select distinct product_id, key from each
        where key is not null and is_buyable and failed & ~ own_bit = 0
      ) owned group by key
    ),
    counted as (${countedValues(options)})
    select
      (select json_agg(product_id) from hits having count(*) <= ${maxProductIds}) as product_ids,
      ${isOnlyAvailability ? availablePrices : sql`(select json_build_object('min', min(low), 'max', max(high)) from facts)`} as prices,
      (select count(*) from facts where facts & ${raw(isInStock)} <> 0)::int as in_stock,
      (select count(*) from facts join hits using (product_id) where facts & ${raw(isCounted)} <> 0
        and facts & ${raw(isForSale)} = 0 and price_min is not null)::int as out_of_stock,
      ${shownValues(chosen, options)}`
}

/** Values of options are counted by variants, but for those of products that are judged by their documents. */
function countedValues(options: OptionFilter[]): SQL {
  const ownBit = sql`case f.kind when 'vendor' then ${bits.vendor} when 'type' then ${bits.type}
    when 'tag' then ${bits.tag} when 'rating' then ${bits.rating} else 0 end`
  return sql`
    select f.kind, f.name, f.value, sum(n) as total,
      case when f.kind = 'option' then coalesce((select n from options where key = f.id), 0)
        + coalesce(sum(n) filter (where facts & ${raw(isByDocument)} <> 0
          and facts & (${raw(isMatch)} | ${nameBit(sql`f.name`, options)}) <> 0), 0)
      else coalesce(sum(n) filter (where facts & (${raw(isMatch)} | ${ownBit}) <> 0), 0) end::int as count
    from (
      select id, facts, count(*) as n from facts join hits using (product_id) cross join unnest(facets) as id group by 1, 2
    ) each_value
    join search_facets f using (id) group by f.id`
}

/** The groups in use that a variant meets or fails, and how its product's document tells that all of them fail. */
function variantGroups({ minPrice, maxPrice, availability: wanted, options }: Filters): Group[] {
  const groups: Group[] = options.map((option, place) => ({
    bit: optionBit(place),
    // The variants' own are in `each`: options are looked up once for each combination of them.
    isFailedBy: { document: sql`not (d.facets && ${optionKeys(option)})`, variant: sql`false` },
  }))
  if (minPrice !== null || maxPrice !== null) {
    const [from, to] = [minPrice ?? 0, maxPrice ?? Number.MAX_SAFE_INTEGER]
    groups.push({
      bit: price,
      isFailedBy: {
        document: sql`coalesce(d.price_max < ${from} or d.price_min > ${to}, true)`,
        variant: sql`coalesce(price not between ${from} and ${to}, true)`,
      },
    })
  }
  if (wanted.length > 0) {
    const [inStock, soldOut] = [wanted.includes('1'), wanted.includes('0')]
    groups.push({
      bit: availability,
      isFailedBy: {
        document: sql`not (${inStock} and d.is_available or ${soldOut} and not d.is_available and d.price_min is not null)`,
        variant: sql`not (${inStock} and is_buyable or ${soldOut} and not is_available and price_min is not null)`,
      },
    })
  }
  return groups
}

/** Conditions on a document `d` that every product of these filters meets. */
export function documentConditions(filters: Filters): SQL[] {
  return variantGroups(filters).map(({ isFailedBy }) => sql`not (${isFailedBy.document})`)
}

const optionKeys = ({ name, values }: OptionFilter) =>
  sql`array(select search_facet('option', ${name}, value) from unnest(${textArray(values)}) as value)`

function failedBy(groups: Group[], what: 'document' | 'variant'): SQL {
  const each = groups.map(
    ({ bit, isFailedBy }) => sql`case when ${isFailedBy[what]} then ${raw(bit)} else 0 end`,
  )
  return each.length > 0 ? sql.join(each, sql` | `) : sql`0`
}

/** The bit of the group of this option; 0 when it is not filtered by. */
function nameBit(name: SQL, options: OptionFilter[]): SQL {
  if (options.length === 0) return sql`0`
  const each = options.map((option, place) => sql`when lower(${option.name}) then ${raw(optionBit(place))}`)
  return sql`case lower(${name}) ${sql.join(each, sql` `)} else 0 end`
}

/** A row for each variant and option, of products that are not judged by their documents. */
function eachVariant(groups: Group[], options: OptionFilter[], optionBits: number): SQL {
  const isChosen = options.map(
    (option, place) => sql`when ${isChosenValue(option)} then ${raw(optionBit(place))}`,
  )
  const chosen =
    isChosen.length > 0 ? sql`bit_or(case ${sql.join(isChosen, sql` `)} else 0 end) over ()` : sql`0`
  return sql`
    select product_id, is_available, is_buyable, price, key, own_bit, failed_product | ${failedBy(groups, 'variant')}
      | (${raw(optionBits)} & ~ case when is_buyable then coalesce(chosen, 0) else 0 end) as failed
    from (
      select j.product_id, j.is_available, j.price_min, j.failed_product, ${variants.price}, ${isBuyable} as is_buyable, own.*
      from judged j join ${products} on ${products.id} = j.product_id join ${variants} on ${variants.productId} = j.product_id
      left join lateral (
        select search_facet('option', name, value) as key, ${nameBit(sql`name`, options)} as own_bit, ${chosen} as chosen
        from unnest(${products.optionNames}, ${variants.optionValues}) as own(name, value) offset 0
      ) own on true
      where not j.is_by_document
    ) v`
}

const factsOfVariants = sql`
  select product_id, min(price) filter (where failed & ~ ${raw(price)} = 0) as low,
    max(price) filter (where failed & ~ ${raw(price)} = 0) as high,
    bit_or(
      case when failed = 0 then ${raw(isMatch)} when failed & (failed - 1) = 0 then failed else 0 end
      | case when is_available then ${raw(isForSale)} else 0 end
      | case when failed & ~ ${raw(availability)} <> 0 then 0 when is_buyable then ${raw(isCounted | isInStock)}
        else ${raw(isCounted)} end
    ) as facts
  from each group by product_id`

/** All its variants fail the same one group or none, or each fails two. */
const factsOfDocument = sql`${raw(isByDocument)}
  | case when failed = 0 then ${raw(isMatch)} when failed & (failed - 1) = 0 then failed else 0 end
  | case when is_available then ${raw(isForSale)} else 0 end
  | case when failed & ~ ${raw(availability)} <> 0 then 0 when is_available then ${raw(isCounted | isInStock)}
    else ${raw(isCounted)} end`

/** Prices of variants that can be bought, and of sold-out products. */
const availablePrices = sql`json_build_object('min', ${endOfPrices('min')}, 'max', ${endOfPrices('max')})`

/** Read from the products whose own lowest (or highest) price reaches that of the first one. */
function endOfPrices(end: 'min' | 'max'): SQL {
  const column = sql.raw(`price_${end}`)
  const found = (from: SQL) => sql`(
    select ${sql.raw(end)}(v.price) from ${from} j cross join lateral (
      select ${sql.raw(end)}(${variants.price}) as price from ${variants}
      where ${variants.productId} = j.product_id and (${isBuyable} or not j.is_available)
    ) v where j.failed = 0`
  const first = sql`(select * from judged where failed = 0 and price_min is not null
    order by ${column} ${sql.raw(end === 'min' ? 'asc' : 'desc')} limit 1)`
  return sql`${found(sql`judged`)} and j.${column} ${sql.raw(end === 'min' ? '<=' : '>=')} ${found(first)}))`
}
