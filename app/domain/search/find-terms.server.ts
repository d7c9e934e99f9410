import { sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { editDistance } from './edit-distance.ts'
import { type Alternative, maxWords, type QueryTerm } from './search.ts'
import {
  expandSynonyms,
  findSynonyms,
  isIn,
  listSynonymsBeginning,
  type Synonyms,
  withSynonyms,
} from './synonyms.ts'

const maxAlternatives = 4
const maxCompletions = 20
const maxRareProducts = 1000
/** Shorter words have too many neighbors. */
const twoEditsFrom = 7
const maxCandidates = 1000

type TokenRow = {
  token: string
  lexeme: string
  is_stop_word: boolean
  is_known: boolean
}

type WordRow = { word: string; lexeme: string; documents: number }

/**
 * What the words of a query stand for in this catalog. A word or phrase with synonyms stands for all of them; a word of
 * the catalog for itself; the last one, if it is unknown, for words that begin with it; other unknown ones for words
 * that differ by one edit, or by two from seven letters. At most six different words count.
 */
export async function findTerms(query: string, synonyms: Synonyms): Promise<QueryTerm[]> {
  const tokens = await readTokens(query)
  const found = findSynonyms(
    tokens.map(({ lexeme }) => lexeme),
    synonyms,
  )
  const unknown = tokens
    .filter(({ is_known }, place) => !is_known && !isIn(found, place))
    .map(({ token }) => token)
  const last = tokens.at(-1)
  const isLastUnknown = last !== undefined && unknown.at(-1) === last.token
  const completions = isLastUnknown
    ? [...(await listMeantCompletions(last.token)), ...listSynonymsBeginning(last.token, synonyms)]
    : []
  const toCorrect = completions.length > 0 ? unknown.slice(0, -1) : unknown
  const corrections =
    toCorrect.length > 0 ? await listCorrections(toCorrect) : new Map<string, Alternative[]>()
  const terms = tokens.map(({ token, lexeme, is_known, is_stop_word }): QueryTerm => {
    const term = { token, isStopWord: is_stop_word }
    if (is_known) return { ...term, by: 'word', alternatives: [{ word: token, lexeme }] }
    if (token === last?.token && completions.length > 0)
      return { ...term, by: 'completion', alternatives: expandSynonyms(completions, synonyms) }
    const corrected = expandSynonyms(corrections.get(token) ?? [], synonyms)
    return { ...term, by: corrected.length > 0 ? 'correction' : 'none', alternatives: corrected }
  })
  return withSynonyms(terms, found)
}

function readTokens(query: string): Promise<TokenRow[]> {
  return db.execute<TokenRow>(sql`
    select t.token, l.lexeme, ts_lexize(s.stemmer, t.token) = '{}' as is_stop_word,
      exists (select from search_words w where w.word = t.token)
        or search_count(quote_literal(l.lexeme)::tsquery, 1) > 0 as is_known
    from (select search_stemmer() as stemmer offset 0) s
    cross join lateral (
      select token, min(place) as place from search_tokens(${query}) with ordinality as t(token, place)
      group by token order by 2 limit ${maxWords}
    ) t
    cross join lateral (select search_lexeme(s.stemmer, t.token) as lexeme offset 0) l
    order by t.place`)
}

/** Words of the catalog that begin with this, most frequent first. */
export async function listCompletions(prefix: string, limit: number): Promise<Alternative[]> {
  if (prefix.length < 2) return []
  return db.execute<Alternative>(sql`
    select word, lexeme from search_words
    where ${startsWith(prefix)} order by documents desc, word limit ${limit}`)
}

/**
 * The completions that an unfinished word stands for: the most frequent ones. In a large catalog, those without a bitmap
 * have to be looked up, so they count only up to 1,000 products together, or else the first one.
 */
function listMeantCompletions(prefix: string): Promise<Alternative[]> {
  if (prefix.length < 2) return Promise.resolve([])
  return db.execute<Alternative>(sql`
    select word, lexeme from (
      select *, sum(documents) filter (where not is_common) over (order by documents desc, word) as rare,
        row_number() over (order by documents desc, word) as place
      from (
        select word, lexeme, documents,
          exists (select from search_bitmaps where key = search_facet('word', '', lexeme)) as is_common
        from search_words where ${startsWith(prefix)} order by documents desc, word limit ${maxCompletions}
      ) frequent
    ) counted
    where is_common or place = 1 or rare <= ${maxRareProducts} or not exists (select from search_bitmaps)
    order by place`)
}

/** A condition on `search_words` that its index answers. */
const startsWith = (prefix: string) =>
  sql`word >= ${prefix} collate "C" and word < ${prefix + '\u{10FFFF}'} collate "C"`

/** For each of these words the words of the catalog at one edit, or else at two, most frequent first. */
export async function listCorrections(tokens: string[]): Promise<Map<string, Alternative[]>> {
  const deletions = tokens.flatMap(listDeletions)
  const found = await db.execute<WordRow>(sql`
    select w.word, w.lexeme, w.documents from search_words w
    where w.id = any (array(
        select d.word_id from search_deletions d where d.deletion = any (${sql.param([...tokens, ...deletions])}::text[])
        union
        select o.id from search_words o where o.word = any (${sql.param(deletions)}::text[])
      ))
    order by w.documents desc limit ${maxCandidates}`)
  const corrections = new Map<string, Alternative[]>()
  for (const token of tokens) corrections.set(token, nearest(token, found, 1))
  const far = tokens.filter((token) => token.length >= twoEditsFrom && corrections.get(token)!.length === 0)
  if (far.length === 0) return corrections
  const similar = await db.execute<WordRow>(sql`
    select c.word, c.lexeme, c.documents from unnest(${sql.param(far)}::text[]) as t(token)
    cross join lateral (
      select w.word, w.lexeme, w.documents from search_words w
      where w.word % t.token and length(w.word) between length(t.token) - 2 and length(t.token) + 2
      order by similarity(w.word, t.token) desc limit 50
    ) c`)
  for (const token of far) corrections.set(token, nearest(token, similar, 2))
  return corrections
}

/** The word with each letter left out in turn, for words as long as those in `search_deletions`. */
function listDeletions(word: string): string[] {
  const letters = [...word]
  if (letters.length < 4 || letters.length > 31) return []
  return letters.map((_, place) => letters.toSpliced(place, 1).join(''))
}

/** One word per lexeme of those within the limit. */
function nearest(token: string, rows: WordRow[], limit: number): Alternative[] {
  const ranked = rows
    .filter(({ word }) => editDistance(token, word, limit) <= limit)
    .sort((a, b) => b.documents - a.documents || (a.word < b.word ? -1 : 1))
  return ranked
    .filter(({ lexeme }, index) => ranked.findIndex((other) => other.lexeme === lexeme) === index)
    .slice(0, maxAlternatives)
    .map(({ word, lexeme }) => ({ word, lexeme }))
}
