import { and, asc, sql } from 'drizzle-orm'
import { cachedByCatalogVersion } from '#app/domain/realtime/catalog-cache.server.ts'
import { isPublishedCollection } from '#app/domain/storefront/collections.server.ts'
import { listFirst } from '#app/domain/storefront/listing.server.ts'
import { collectionScope, type Scope } from '#app/domain/storefront/scope.server.ts'
import type { CollectionLink } from '#app/domain/storefront/storefront.ts'
import { db } from '#db/client.ts'
import { collections } from '#db/schema/index.ts'
import { countCommon } from './bitmaps.server.ts'
import { listCompletions } from './find-terms.server.ts'
import {
  correctedQuery,
  type LexemeGroups,
  lexemeGroups,
  normalizeQuery,
  searchedTerms,
  toTsQuery,
} from './search.ts'
import { searchScope, type Understood, understand } from './search.server.ts'
import { expandSynonyms, listSynonymsBeginning } from './synonyms.ts'
import { minQueryLength, noSuggestions, type Suggestions } from './suggestions.ts'

const maxQueries = 4
const maxCollections = 3
const maxProducts = 5
/** Some completions and collections lead to no product. */
const maxTriedWords = 12
const maxTriedCollections = 6

/**
 * Suggestions for a query that is being typed: at most four queries, three collections and five products. All of them
 * lead to published products. Queries are corrected or have the last word completed.
 */
export async function suggest(typed: string): Promise<Suggestions> {
  const query = normalizeQuery(typed)
  if (query.length < minQueryLength) return noSuggestions
  const [understood, last] = await Promise.all([understand(query), splitLastWord(query)])
  const [completed, foundCollections, foundProducts] = await Promise.all([
    completeQuery(understood, last),
    last.token ? listCollectionsByWord(last.token) : [],
    listFirst(searchScope(understood), maxProducts),
  ])
  return {
    queries: [...new Set([...correctedQueries(understood), ...completed])].slice(0, maxQueries),
    collections: foundCollections,
    products: foundProducts,
  }
}

type LastWord = {
  /** The query before its last word. */
  before: string
  /** The last word, folded; the last part of a word that is cut into parts. */
  token: string | null
  /** The word is one token, so that it can be completed. */
  isWhole: boolean
}

async function splitLastWord(query: string): Promise<LastWord> {
  const word = /[\p{L}\p{N}\p{M}]+$/u.exec(query)?.[0] ?? ''
  const tokens = await db.execute<{ token: string }>(sql`select token from search_tokens(${word}) as token`)
  return {
    before: query.slice(0, query.length - word.length),
    token: tokens.at(-1)?.token ?? null,
    isWhole: tokens.length === 1,
  }
}

/** Not for a last word that is only begun. */
function correctedQueries({ corrected, terms }: Understood): string[] {
  return corrected === null || terms.at(-1)?.by === 'completion' ? [] : [corrected]
}

/**
 * The query with its last word completed, most frequent first, then by words with synonyms: those that a published
 * product has all words of.
 */
async function completeQuery({ terms, settings }: Understood, last: LastWord): Promise<string[]> {
  if (!last.isWhole) return []
  const { synonyms } = settings
  const known = await listCompletions(last.token!, maxTriedWords)
  const completions = [...known, ...listSynonymsBeginning(last.token!, synonyms)]
  const before = terms.filter(({ token }) => token !== last.token)
  const isBeforeFound = before.some(({ by }) => by !== 'none')
  const beginning = isBeforeFound ? (correctedQuery(before) ?? last.before.trim()) : ''
  const typedLexeme = terms.find(
    ({ token, by }) => token === last.token && (by === 'word' || by === 'synonym'),
  )?.alternatives[0]?.lexeme
  // Words with the same stem find the same products.
  const lexemes = [...new Set(completions.map(({ lexeme }) => lexeme))].filter(
    (lexeme) => lexeme !== typedLexeme,
  )
  const words = lexemes
    .slice(0, maxTriedWords)
    .map((lexeme) => completions.find((one) => one.lexeme === lexeme)!)
  const others = searchedTerms(before)
  const matching = await listMatching(
    words.map((word) => lexemeGroups([...others, { alternatives: expandSynonyms([word], synonyms) }])),
  )
  return matching.map((place) => [beginning, words[place]!.word].filter(Boolean).join(' '))
}

/** The indexes of the queries that a published product matches, in order, at most `maxQueries`. */
async function listMatching(queries: LexemeGroups[]): Promise<number[]> {
  if (queries.length === 0) return []
  const isCommon = (await countCommon(queries)).map((count) => ((count ?? 0) > 0 ? 1 : 0))
  const rows = await db.execute<{ place: number }>(sql`
    select q.place::int as place
    from unnest(${sql.param(queries.map(toTsQuery))}::text[], ${sql.param(isCommon)}::int[])
      with ordinality as q(words, is_common, place)
    where is_common = 1 or search_count(q.words::tsquery, 1) > 0 order by q.place limit ${maxQueries}`)
  return rows.map(({ place }) => place - 1)
}

/** Published collections with products and with a word in the title that begins with this; first those that begin so. */
async function listCollectionsByWord(token: string): Promise<CollectionLink[]> {
  if (token.length < minQueryLength) return []
  const found = await db
    .select({
      id: collections.id,
      handle: collections.handle,
      title: collections.title,
      kind: collections.kind,
      match: collections.match,
      rules: collections.rules,
    })
    .from(collections)
    .where(
      and(
        isPublishedCollection,
        // Cheap, so that few titles are cut into words.
        sql`strpos(search_fold(${collections.title}), ${token}) > 0`,
        sql`exists (select from search_tokens(${collections.title}) as word where starts_with(word, ${token}))`,
      ),
    )
    .orderBy(
      sql`starts_with(search_title(${collections.title}), ${token}) desc`,
      asc(collections.position),
      asc(collections.id),
    )
    .limit(maxTriedCollections)
  const filled = await Promise.all(found.map((collection) => hasProducts(collectionScope(collection))))
  return found
    .filter((_, index) => filled[index])
    .slice(0, maxCollections)
    .map(({ handle, title }) => ({ handle, title }))
}

function hasProducts(scope: Scope): Promise<boolean> {
  return cachedByCatalogVersion(
    { question: `has products ${scope.key}`, dependsOn: scope.dependsOn },
    async () => {
      const rows = await db.execute(sql`select from ${scope.from} where ${scope.where} limit 1`)
      return rows.length > 0
    },
  )
}
