import { type SQL, sql } from 'drizzle-orm'
import { maxOptions, maxOptionValues, maxValues } from '#app/domain/storefront/facets.ts'
import { lowered, textArray } from '#app/domain/storefront/filters.server.ts'
import type { Filters, OptionFilter } from '#app/domain/storefront/listing.ts'
import type { ChosenValues } from './bitmaps.server.ts'

/** What the statements that count facets of a search from documents `d`, bitmaps and variants share. */

/** Whether there are filters that one and the same variant has to meet. */
export function needsVariants({ minPrice, maxPrice, availability, options }: Filters): boolean {
  return minPrice !== null || maxPrice !== null || availability.length > 0 || options.length > 0
}

/** The filters by what the product is. */
export function productFilters({ ratings, vendors, types, tags }: Filters): ChosenValues[] {
  const all: ChosenValues[] = [
    { kind: 'vendor', values: vendors },
    { kind: 'type', values: types },
    { kind: 'tag', values: tags },
    { kind: 'rating', values: ratings },
  ]
  return all.filter(({ values }) => values.length > 0)
}

export const bits = { vendor: sql.raw('1'), type: sql.raw('2'), tag: sql.raw('4'), rating: sql.raw('8') }

/** The groups in which a document has none of the chosen values. */
export function failedGroups(chosen: ChosenValues[]): SQL {
  const each = chosen.map((group) => sql`case when ${hasChosen(group)} then 0 else ${bits[group.kind]} end`)
  return each.length > 0 ? sql.join(each, sql` + `) : sql`0`
}

export function hasChosen({ kind, values }: ChosenValues): SQL {
  return sql`d.facets && array(select search_facet(${kind}, '', value) from unnest(${textArray(values)}) as value)`
}

/** The values that are shown, from `counted`, which has a row for each one. */
export function shownValues(chosen: ChosenValues[], options: OptionFilter[]): SQL {
  return sql`${topValues('rating', chosen)} as ratings, ${topValues('vendor', chosen)} as vendors, ${topValues('type', chosen)} as types,
    ${topValues('tag', chosen)} as tags, ${topOptions(options)} as options`
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

/** The options with the most values in products, and the chosen ones, each with its values. */
function topOptions(options: OptionFilter[]): SQL {
  const chosen = options.map(
    ({ name, values }) => sql`lower(name) = lower(${name}) and lower(value) in ${lowered(values)}`,
  )
  return sql`(
    select json_agg(json_build_object('name', lower_name, 'label', label, 'values', values) order by total desc, lower_name)
    from (
      select lower_name, (array_agg(name order by total desc))[1] as label, sum(total) as total,
        json_agg(json_build_object('value', value, 'count', count, 'isChosen', is_chosen) order by place)
          filter (where place <= ${maxOptionValues} or is_chosen) as values,
        row_number() over (order by sum(total) desc, lower_name) as option_place
      from (
        select *, lower(name) as lower_name, ${chosen.length > 0 ? sql.join(chosen, sql` or `) : sql`false`} as is_chosen,
          row_number() over (partition by lower(name) order by count desc, total desc, lower(value)) as place
        from counted where kind = 'option'
      ) numbered
      group by lower_name
    ) named
    where option_place <= ${maxOptions} or lower_name in ${lowered(options.map(({ name }) => name))})`
}
