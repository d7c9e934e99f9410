/** Words and phrases that mean the same to search. They are compared by the lexemes of their words, in order. */
import type { Alternative, QueryTerm } from './search.ts'

/** By the lexemes of each word or phrase of a group: the whole group, itself first. */
export type Synonyms = Map<string, Alternative[]>

/** By word: its lexemes as the stemmer returns them; none for a stop word, null for a word that it does not know. */
export type Lexized = Record<string, string[] | null>

const keyOf = (lexemes: string[]) => lexemes.join(' ')

/** Of groups of folded words and phrases. */
export function toSynonyms(groups: string[][], lexized: Lexized): Synonyms {
  const synonyms: Synonyms = new Map()
  for (const group of groups) {
    const all = group.map((phrase) => toMember(phrase.split(' '), lexized))
    for (const own of all) {
      const others = all.filter((other) => other !== own).map(({ alternative }) => alternative)
      // Groups may have words with the same stem: "sofa" and "sofas".
      synonyms.set(own.key, [...(synonyms.get(own.key) ?? [own.alternative]), ...others])
    }
  }
  return synonyms
}

/** Of a phrase, products must have all words, except stop words. */
function toMember(tokens: string[], lexized: Lexized): { key: string; alternative: Alternative } {
  const lexemeOf = (token: string) => lexized[token]?.[0] ?? token
  const telling = tokens.filter((token) => lexized[token]?.length !== 0)
  const [lexeme, ...and] = [...new Set((telling.length > 0 ? telling : tokens).map(lexemeOf))]
  const own = { word: tokens.join(' '), lexeme: lexeme! }
  const key = keyOf([...new Set(tokens.map(lexemeOf))])
  return { key, alternative: and.length > 0 ? { ...own, and } : own }
}

/** Words of a query that stand together, and what they stand for. */
export type FoundSynonyms = { start: number; end: number; alternatives: Alternative[] }

/** The words and phrases of a query that are in a group; the longest where some overlap. */
export function findSynonyms(lexemes: string[], synonyms: Synonyms): FoundSynonyms[] {
  const found: FoundSynonyms[] = []
  let start = 0
  while (start < lexemes.length) {
    let end = lexemes.length
    while (end > start && !synonyms.has(keyOf(lexemes.slice(start, end)))) end -= 1
    if (end > start) found.push({ start, end, alternatives: synonyms.get(keyOf(lexemes.slice(start, end)))! })
    start = Math.max(end, start + 1)
  }
  return found
}

export const isIn = (found: FoundSynonyms[], place: number) =>
  found.some(({ start, end }) => start <= place && place < end)

/** The terms of a query, with one in place of each word or phrase that is in a group. */
export function withSynonyms(terms: QueryTerm[], found: FoundSynonyms[]): QueryTerm[] {
  return terms.flatMap((term, place) => {
    if (!isIn(found, place)) return [term]
    const begun = found.find(({ start }) => start === place)
    if (!begun) return []
    const { end, alternatives } = begun
    const token = terms
      .slice(place, end)
      .map((one) => one.token)
      .join(' ')
    return [{ token, by: 'synonym', isStopWord: false, alternatives }]
  })
}

/** Words of the catalog, each with the rest of its group. */
export function expandSynonyms(words: Alternative[], synonyms: Synonyms): Alternative[] {
  return words.flatMap((one) => [one, ...(synonyms.get(one.lexeme) ?? []).slice(1)])
}

/** The words of groups that begin with this; no phrases. */
export function listSynonymsBeginning(prefix: string, synonyms: Synonyms): Alternative[] {
  if (prefix.length < 2) return []
  return [...synonyms.values()].flatMap(([own]) =>
    own && own.word.startsWith(prefix) && !own.word.includes(' ') ? [own] : [],
  )
}
