import { type SQL, sql } from 'drizzle-orm'
import { scopeDependencies } from '#app/domain/realtime/dependencies.ts'
import type { Page, Scope } from '#app/domain/storefront/scope.server.ts'
import { db, plannedForValues } from '#db/client.ts'
import {
  type Boosts,
  boostRank,
  isAmong,
  listPinned,
  pinRank,
  readSearchSettings,
  type SearchSettings,
} from './curation.server.ts'
import { findTerms, listCorrections } from './find-terms.server.ts'
import { countByBitmaps, countCommon } from './bitmaps.server.ts'
import { needsVariants, productFilters } from './facet-values.server.ts'
import { countFacets } from './search-facets.server.ts'
import {
  correctedQuery,
  type LexemeGroups,
  lexemeGroups,
  type QueryTerm,
  searchedTerms,
  toTsQuery,
} from './search.ts'
import { documentConditions } from './variant-facets.server.ts'

/** How a query is understood: what products must have, and how well they have it. */
export type Understood = {
  query: string
  terms: QueryTerm[]
  /** The words that products must have, and the same as a `tsquery`. Null: no words matter. */
  groups: LexemeGroups
  words: string | null
  /** How many published products have the words; `maxRanked + 1` for that many or more. */
  size: number
  /** Products with the query as SKU or barcode, or the beginning of a SKU. They come first. */
  productIds: number[]
  /** Products that staff pinned to this query. They come before all others. */
  pinnedIds: number[]
  /** What staff decided about all searches. */
  settings: SearchSettings
  /** What the results are for, when that is not the query as typed. */
  corrected: string | null
  /** No product has all words; these have some. */
  isPartial: boolean
}

/** More matches than this are ranked without looking into their texts. */
const maxRanked = 1000

/**
 * Reads a query: its words as this catalog has them, with corrections. When no product has all of them, first words
 * that differ by one edit are tried, then products with some of the words.
 */
export async function understand(query: string): Promise<Understood> {
  const settings = await readSearchSettings()
  const [{ productIds, isExact }, pinnedIds] = await Promise.all([
    listByCode(query),
    listPinned(query, settings),
  ])
  const coded = { query, settings, productIds, pinnedIds, isPartial: false, corrected: null }
  if (isExact) return { ...coded, ...noWords, terms: [] }
  const terms = await findTerms(query, settings.synonyms)
  const searched = searchedTerms(terms)
  const corrected = correctedQuery(terms)
  const all = await withSize(lexemeGroups(searched))
  if (productIds.length + pinnedIds.length > 0) return { ...coded, ...all, terms }
  if (all.size > 0 || searched.length === 0) return { ...coded, ...all, terms, corrected }
  const respelled = await listRespelled(searched)
  const first = await firstMatch(respelled.map((near) => toTsQuery(lexemeGroups(near))))
  const near = first === null ? undefined : respelled[first]
  if (near) {
    const nearest = near.map(({ alternatives }) => alternatives[0]!.word).join(' ')
    return { ...coded, ...(await withSize(lexemeGroups(near))), terms, corrected: nearest }
  }
  const some = await withSize([lexemeGroups(searched).flat()])
  return { ...coded, ...some, terms, corrected, isPartial: searched.length > 1 }
}

const noWords = { groups: [], words: null, size: 0 }

async function withSize(groups: LexemeGroups): Promise<Pick<Understood, 'groups' | 'words' | 'size'>> {
  if (groups.length === 0) return noWords
  const words = toTsQuery(groups)
  const [common] = await countCommon([groups])
  if ((common ?? 0) > maxRanked) return { groups, words, size: maxRanked + 1 }
  const [found] = await db.execute<{ size: number }>(
    sql`select search_count(${words}::tsquery, ${maxRanked + 1}) as size`,
  )
  return { groups, words, size: found!.size }
}

/** The products that a query stands for, most relevant first. */
export function searchScope(understood: Understood): Scope {
  const { groups, words, productIds, pinnedIds, size } = understood
  const where = sql`d.published_at <= now() and ${matches(understood)}`
  const isBroad = size > maxRanked
  // The products with a SKU and pinned ones are left to the statements that count one by one.
  const isByWords = productIds.length + pinnedIds.length === 0
  const counted = isBroad && isByWords ? groups : null
  return {
    key: null,
    from: sql`search_documents d left join products on products.id = d.product_id`,
    where,
    order: relevance(understood),
    narrow: documentConditions,
    first: isBroad ? (page) => listBroad(understood, page) : undefined,
    count: async (filters) => {
      if (needsVariants(filters)) return null
      const chosen = productFilters(filters)
      if (words !== null && !isBroad && isByWords && chosen.length === 0) return size
      return counted && countByBitmaps(counted, chosen)
    },
    countFacets: (filters) => countFacets({ where, groups: counted }, filters),
    dependsOn: scopeDependencies({ kind: 'all' }),
  }
}

/** Whether a row of `search_documents d` matches. */
function matches({ words, productIds, pinnedIds }: Understood): SQL {
  const hasWords = words === null ? sql`false` : sql`d.words @@ ${words}::tsquery`
  const ids = [...pinnedIds, ...productIds]
  if (ids.length === 0) return hasWords
  return sql`(${hasWords} or d.product_id = any (${sql.param(ids)}::bigint[]))`
}

/**
 * The order of results: pinned, SKU or barcode, exact title, all words in the title, ranked higher or lower by staff, can
 * be bought; then where words occur and how often, in coarse steps, then units sold, and short titles.
 */
function relevance({ query, words, productIds, pinnedIds, settings }: Understood): SQL[] {
  return [
    ...pinRank(pinnedIds),
    sql`d.product_id = any (${sql.param(productIds)}::bigint[]) desc`,
    sql`d.title = (select search_title(${query})) desc`,
    sql`d.title_words @@ ${words ?? ''}::tsquery desc`,
    ...boostRank(settings.boosts),
    sql`d.is_available desc`,
    sql`trunc(10 * ts_rank('{0.1, 0.2, 0.4, 1.0}', d.words, ${words ?? ''}::tsquery)) desc`,
    sql`d.sales desc`,
    sql`length(d.title)`,
    sql`d.product_id`,
  ]
}

/**
 * Products of a query that many match, in the same order but for where words occur. Each part is read from an index in
 * its order, or found by its words and sorted, whichever the planner finds cheaper for these words.
 */
async function listBroad(understood: Understood, page: Page): Promise<number[]> {
  const { query, words, productIds, pinnedIds, settings } = understood
  const head = await db.execute<{ id: number }>(sql`
    select d.product_id::float8 as id from search_documents d
    where d.published_at <= now() and (d.product_id = any (${sql.param([...pinnedIds, ...productIds])}::bigint[])
      or d.title = (select search_title(${query})))
    order by ${sql.join(relevance(understood), sql`, `)}`)
  const headIds = head.map(({ id }) => id)
  const isHead = sql`d.product_id = any (${sql.param(headIds)}::bigint[])`
  const inTitle = sql`d.title_words @@ ${words}::tsquery and not ${isHead}`
  const elsewhere = sql`d.words @@ ${words}::tsquery and not d.title_words @@ ${words}::tsquery and not ${isHead}`
  const ids = headIds.slice(page.offset, page.offset + page.limit)
  let offset = Math.max(0, page.offset - headIds.length)
  const parts = [inTitle, elsewhere].flatMap((part) => splitByBoost(part, settings.boosts))
  for (const part of parts) {
    const found = await listPart(part, { offset, limit: page.limit - ids.length })
    ids.push(...found)
    if (ids.length === page.limit || part === parts.at(-1)) break
    offset = found.length > 0 ? 0 : Math.max(0, offset - (await countPart(part)))
  }
  return ids
}

/** The products that staff rank higher, those with a normal ranking, and the lower ones. */
function splitByBoost(part: SQL, { higher, lower }: Boosts): SQL[] {
  const isOther = [...higher, ...lower]
  return [
    ...(higher.length > 0 ? [sql`${part} and ${isAmong(higher)}`] : []),
    isOther.length > 0 ? sql`${part} and not ${isAmong(isOther)}` : part,
    ...(lower.length > 0 ? [sql`${part} and ${isAmong(lower)}`] : []),
  ]
}

async function countPart(condition: SQL): Promise<number> {
  const [found] = await db.execute<{ count: number }>(sql`
    select count(*)::float8 as count from search_documents d where d.published_at <= now() and ${condition}`)
  return found!.count
}

async function listPart(condition: SQL, { limit, offset }: Page): Promise<number[]> {
  if (limit === 0) return []
  const rows = await db.execute<{ id: number }>(sql`
    select ${sql.raw(plannedForValues)} d.product_id::float8 as id from search_documents d
    where d.published_at <= now() and ${condition}
    order by d.is_available desc nulls last, d.sales desc nulls last, d.product_id limit ${limit} offset ${offset}`)
  return rows.map(({ id }) => id)
}

/** The index of the first query that a published product matches. */
async function firstMatch(queries: string[]): Promise<number | null> {
  const [found] = await db.execute<{ place: number }>(sql`
    select q.place::int as place
    from unnest(${sql.param(queries)}::text[]) with ordinality as q(words, place)
    where search_count(q.words::tsquery, 1) > 0 order by q.place limit 1`)
  return found ? found.place - 1 : null
}

/**
 * Products with a variant of this SKU or barcode; otherwise, those whose SKU begins with it. Only for text with a digit.
 */
async function listByCode(query: string): Promise<{ productIds: number[]; isExact: boolean }> {
  const code = query.toLowerCase()
  if (!/\d/.test(code) || code.length < 3) return { productIds: [], isExact: false }
  const rows = await db.execute<{ product_id: number; is_exact: boolean }>(sql`
    select product_id::float8 as product_id, bool_or(is_exact) as is_exact from (
      (select product_id, lower(sku) = ${code} as is_exact from variants
        where sku <> '' and lower(sku) collate "C" >= ${code} and lower(sku) collate "C" < ${code + '\u{10FFFF}'} limit 100)
      union all
      (select product_id, true from variants where barcode <> '' and barcode = ${query} limit 100)
    ) found group by 1`)
  const exact = rows.filter(({ is_exact }) => is_exact)
  const found = exact.length > 0 ? exact : rows
  return { productIds: found.map(({ product_id }) => product_id), isExact: exact.length > 0 }
}

/** The same terms with one known word replaced by one that differs by a letter. */
async function listRespelled(terms: QueryTerm[]): Promise<QueryTerm[][]> {
  const neighbors = await listCorrections(terms.filter(({ by }) => by === 'word').map(({ token }) => token))
  return terms.flatMap((term, place) =>
    (neighbors.get(term.token) ?? [])
      .filter(({ word }) => word !== term.token)
      .map((other) => terms.with(place, { ...term, alternatives: [other] })),
  )
}
