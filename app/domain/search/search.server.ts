import { type SQL, sql } from 'drizzle-orm'
import { listCards } from '#app/domain/storefront/cards.server.ts'
import { pageSize, type ProductCard } from '#app/domain/storefront/storefront.ts'
import { db } from '#db/client.ts'
import { findTerms, listCorrections } from './find-terms.server.ts'
import { correctedQuery, type QueryTerm, searchedTerms, toTsQuery } from './search.ts'

/** How a query is understood: what products must have, and how well they have it. */
export type Understood = {
  query: string
  /** A `tsquery` on all words of a product, and one on those of its title. Null: nothing can match. */
  words: string | null
  titleWords: string | null
  /** Products with the query as SKU or barcode, or the beginning of a SKU. They come first. */
  productIds: number[]
  /** What the results are for, when that is not the query as typed. */
  corrected: string | null
  /** No product has all words; these have some. */
  isPartial: boolean
}

/**
 * Reads a query: its words as this catalog has them, with corrections. When no product has all of them, first words
 * that differ by one edit are tried, then products with some of the words.
 */
export async function understand(query: string): Promise<Understood> {
  const [terms, productIds] = await Promise.all([findTerms(query), listByCode(query)])
  const searched = searchedTerms(terms)
  const plain = { query, productIds, isPartial: false, corrected: correctedQuery(terms) }
  if (searched.length === 0) return { ...plain, words: null, titleWords: null }
  const words = toTsQuery(searched)
  const titleWords = toTsQuery(searched, 'A')
  if (productIds.length > 0) return { ...plain, corrected: null, words, titleWords }
  if ((await firstMatch([words])) !== null) return { ...plain, words, titleWords }
  const respelled = await listRespelled(searched)
  const first = await firstMatch(respelled.map((near) => toTsQuery(near)))
  const near = first === null ? undefined : respelled[first]
  if (near)
    return {
      ...plain,
      corrected: near.map(({ alternatives }) => alternatives[0]!.word).join(' '),
      words: toTsQuery(near),
      titleWords: toTsQuery(near, 'A'),
    }
  return {
    ...plain,
    isPartial: searched.length > 1,
    words: searched.map((term) => toTsQuery([term])).join(' | '),
    titleWords: searched.map((term) => toTsQuery([term], 'A')).join(' | '),
  }
}

export type SearchResult = Pick<Understood, 'corrected' | 'isPartial'> & {
  cards: ProductCard[]
  count: number
  pages: number
}

/** One page of published products for a query, by relevance. Null when there is no such page (page 1 always exists). */
export async function searchProducts(query: string, page: number): Promise<SearchResult | null> {
  const understood = await understand(query)
  const rows = await db.execute<{ product_id: number; count: number }>(sql`
    select product_id::float8 as product_id, (count(*) over ())::int as count
    from search_documents d where ${matches(understood)}
    order by ${relevance(understood)} limit ${pageSize} offset ${(page - 1) * pageSize}`)
  if (rows.length === 0 && page > 1) return null
  const count = rows[0]?.count ?? 0
  const { corrected, isPartial } = understood
  return {
    cards: await listCards(rows.map(({ product_id }) => product_id)),
    count,
    pages: Math.max(1, Math.ceil(count / pageSize)),
    corrected,
    isPartial,
  }
}

/** Whether a row of `search_documents d` is published and matches. */
function matches({ words, productIds }: Understood): SQL {
  return sql`d.published_at <= now() and (${words === null ? sql`false` : sql`d.words @@ ${words}::tsquery`}${
    productIds.length > 0 ? sql` or d.product_id = any (${sql.param(productIds)}::bigint[])` : sql``
  })`
}

/** SKU or barcode, exact title, all words in the title; then what can be bought, then how often words occur and where. */
function relevance({ query, words, titleWords, productIds }: Understood): SQL {
  return sql`d.product_id = any (${sql.param(productIds)}::bigint[]) desc,
    d.title = (select search_title(${query})) desc,
    d.words @@ ${titleWords ?? ''}::tsquery desc,
    d.is_available desc,
    ts_rank('{0.1, 0.2, 0.4, 1.0}', d.words, ${words ?? ''}::tsquery, 1) desc,
    length(d.title), d.product_id`
}

/** The index of the first query that a published product matches. */
async function firstMatch(queries: string[]): Promise<number | null> {
  const [found] = await db.execute<{ place: number }>(sql`
    select q.place::int as place
    from unnest(${sql.param(queries)}::text[]) with ordinality as q(words, place)
    where search_has_match(q.words::tsquery) order by q.place limit 1`)
  return found ? found.place - 1 : null
}

/** Products with a variant of this SKU or barcode, or whose SKU begins with it; only for text with a digit. */
async function listByCode(query: string): Promise<number[]> {
  const code = query.toLowerCase()
  if (!/\d/.test(code) || code.length < 3) return []
  const rows = await db.execute<{ product_id: number }>(sql`
    select distinct product_id::float8 as product_id from (
      (select product_id from variants
        where sku <> '' and lower(sku) collate "C" >= ${code} and lower(sku) collate "C" < ${code + '\u{10FFFF}'} limit 100)
      union all
      (select product_id from variants where barcode <> '' and barcode = ${query} limit 100)
    ) found`)
  return rows.map(({ product_id }) => product_id)
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
