/** Search queries: normalization, and the words that a query is understood as. */

const maxLength = 100
export const maxWords = 6

/** Well-formed, in NFC, without control characters, single-spaced, at most 100 characters and four marks on a letter. */
export function normalizeQuery(typed: string): string {
  return typed
    .slice(0, maxLength * 4)
    .toWellFormed()
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxLength)
    .toWellFormed()
    .trim()
}

/** A word that stands for a typed one, as documents hold it. A phrase has further words that products must have. */
export type Alternative = { word: string; lexeme: string; and?: string[] }

export type QueryTerm = {
  /** As typed, folded; of a synonym, one word or several. */
  token: string
  /** A product must have one of these. */
  alternatives: Alternative[]
  /** How the alternatives were found. `none`: no product has anything like it. */
  by: 'word' | 'synonym' | 'completion' | 'correction' | 'none'
  /** So frequent in the language that it distinguishes nothing. */
  isStopWord: boolean
}

/** The terms to search for: those that were found, without stop words unless there is nothing else. */
export function searchedTerms(terms: QueryTerm[]): QueryTerm[] {
  const found = terms.filter(({ by }) => by !== 'none')
  const telling = found.filter(({ isStopWord }) => !isStopWord)
  return telling.length > 0 ? telling : found
}

/** The query as it was understood, when a word of it was corrected or left out; null otherwise. */
export function correctedQuery(terms: QueryTerm[]): string | null {
  const found = terms.filter(({ by }) => by !== 'none')
  if (found.length === 0) return null
  if (found.length === terms.length && found.every(({ by }) => by !== 'correction')) return null
  return found
    .map(({ by, token, alternatives }) => (by === 'correction' ? alternatives[0]!.word : token))
    .join(' ')
}

/** Lexemes of which a product needs one; it needs one of each group. */
export type LexemeGroups = string[][]

/** Phrases would make more groups of one term than this; the last ones are left out then. */
export const maxGroupsOfTerm = 64

export function lexemeGroups(terms: Pick<QueryTerm, 'alternatives'>[]): LexemeGroups {
  return terms.flatMap(({ alternatives }) => groupsOf(alternatives))
}

/** "sofa, or bed and couch" is "sofa or bed, and sofa or couch". */
function groupsOf(alternatives: Alternative[]): LexemeGroups {
  return alternatives.reduce<LexemeGroups>(
    (groups, { lexeme, and = [] }) => {
      const lexemes = [lexeme, ...and]
      if (groups.length * lexemes.length > maxGroupsOfTerm) return groups
      return lexemes.flatMap((one) => groups.map((group) => [...new Set([...group, one])]))
    },
    [[]],
  )
}

/** The same as a `tsquery`. */
export function toTsQuery(groups: LexemeGroups): string {
  const quoted = (lexeme: string) => `'${lexeme.replace(/['\\]/g, '')}'`
  return groups.map((group) => `(${group.map(quoted).join(' | ')})`).join(' & ')
}
