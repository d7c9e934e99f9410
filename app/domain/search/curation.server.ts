import { type SQL, sql } from 'drizzle-orm'
import { isPublished } from '#app/domain/products/published.server.ts'
import { cachedByCatalogVersion } from '#app/domain/realtime/catalog-cache.server.ts'
import { db } from '#db/client.ts'
import { products, searchBoosts, searchPinProducts, searchPins, searchSynonyms } from '#db/schema/index.ts'
import { type Lexized, type Synonyms, toSynonyms } from './synonyms.ts'

/** What staff decided about all searches (docs/decisions/112). */
export type SearchSettings = { synonyms: Synonyms; boosts: Boosts; hasPins: boolean }

/** Ids of products. */
export type Boosts = { higher: number[]; lower: number[] }

type SettingsRow = {
  groups: string[][]
  lexized: Lexized
  higher: string[]
  lower: string[]
  has_pins: boolean
}

/** Synonyms with their lexemes in the store's language, boosts, and whether there are pins; cached until one changes. */
export function readSearchSettings(): Promise<SearchSettings> {
  // Triggers announce them like collections and settings, on which every cached answer depends.
  return cachedByCatalogVersion({ question: 'search settings', dependsOn: [] }, async () => {
    const [row] = await db.execute<SettingsRow>(sql`
      select
        coalesce((select jsonb_agg(folded order by id) from ${searchSynonyms}), '[]') as groups,
        coalesce((
          select jsonb_object_agg(token, ts_lexize(stemmer, token))
          from (select search_stemmer() as stemmer offset 0) s
          cross join (
            select distinct token from ${searchSynonyms}, unnest(folded) as phrase, string_to_table(phrase, ' ') as token
          ) t
        ), '{}') as lexized,
        array(select product_id from ${searchBoosts} where ranking = 'higher') as higher,
        array(select product_id from ${searchBoosts} where ranking = 'lower') as lower,
        exists (select from ${searchPins}) as has_pins`)
    const { groups, lexized, higher, lower, has_pins } = row!
    return {
      synonyms: toSynonyms(groups, lexized),
      boosts: { higher: higher.map(Number), lower: lower.map(Number) },
      hasPins: has_pins,
    }
  })
}

/** The published products that are pinned to this query, in their order. */
export async function listPinned(query: string, { hasPins }: SearchSettings): Promise<number[]> {
  if (!hasPins) return []
  const rows = await db
    .select({ id: searchPinProducts.productId })
    .from(searchPins)
    .innerJoin(searchPinProducts, sql`${searchPinProducts.pinId} = ${searchPins.id}`)
    .innerJoin(products, sql`${products.id} = ${searchPinProducts.productId}`)
    .where(sql`${searchPins.folded} = (select search_title(${query})) and ${isPublished}`)
    .orderBy(searchPinProducts.position, searchPinProducts.productId)
  return rows.map(({ id }) => id)
}

/** Whether the row of `search_documents d` is one of these products. */
export const isAmong = (ids: number[]) => sql`d.product_id = any (${sql.param(ids)}::bigint[])`

/** Sorts rows of `search_documents d`: these products first, in their order. */
export function pinRank(pinnedIds: number[]): SQL[] {
  if (pinnedIds.length === 0) return []
  return [sql`array_position(${sql.param(pinnedIds)}::bigint[], d.product_id) nulls last`]
}

/** Sorts rows of `search_documents d`: higher ones first, lower ones last. */
export function boostRank({ higher, lower }: Boosts): SQL[] {
  return [
    ...(higher.length > 0 ? [sql`${isAmong(higher)} desc`] : []),
    ...(lower.length > 0 ? [sql`${isAmong(lower)}`] : []),
  ]
}
