import { type SQL, sql } from 'drizzle-orm'
import { scopeDependencies } from '#app/domain/realtime/dependencies.ts'
import type { Scope } from '#app/domain/storefront/scope.server.ts'
import { db } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { findTerms, listCorrections } from './find-terms.server.ts'
import { correctedQuery, type QueryTerm, searchedTerms, toTsQuery } from './search.ts'

/** How a query is understood: what products must have, and how well they have it. */
export type Understood = {
  query: string
  terms: QueryTerm[]
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
  const plain = { query, terms, productIds, isPartial: false, corrected: correctedQuery(terms) }
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

/** The products that a query stands for, most relevant first. */
export function searchScope(understood: Understood): Scope {
  return {
    key: null,
    where: sql`${products.id} in (select d.product_id from search_documents d where ${matches(understood)})`,
    order: [
      sql`(select ${relevance(understood)} from search_documents d where d.product_id = ${products.id}) desc`,
      sql`${products.id}`,
    ],
    dependsOn: scopeDependencies({ kind: 'all' }),
  }
}

/** Whether a row of `search_documents d` matches. */
function matches({ words, productIds }: Understood): SQL {
  const hasWords = words === null ? sql`false` : sql`d.words @@ ${words}::tsquery`
  if (productIds.length === 0) return hasWords
  return sql`(${hasWords} or d.product_id = any (${sql.param(productIds)}::bigint[]))`
}

/**
 * What results are sorted by, highest first: SKU or barcode, exact title, all words in the title, can be bought; then
 * how often words occur and where, and short titles.
 */
function relevance({ query, words, titleWords, productIds }: Understood): SQL {
  return sql`array[
    (d.product_id = any (${sql.param(productIds)}::bigint[]))::int,
    (d.title = (select search_title(${query})))::int,
    (d.words @@ ${titleWords ?? ''}::tsquery)::int,
    d.is_available::int,
    ts_rank('{0.1, 0.2, 0.4, 1.0}', d.words, ${words ?? ''}::tsquery, 1),
    -length(d.title)]`
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
