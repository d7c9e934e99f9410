/** Normalizes search queries. */

const maxLength = 100
const maxWords = 6

/** Well-formed, in NFC, without control characters, single-spaced, at most 100 characters. */
export function normalizeQuery(typed: string): string {
  return typed
    .slice(0, maxLength * 4)
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxLength)
    .toWellFormed()
    .trim()
}

/** The words to search for, lowercased; the first six distinct ones. */
export function queryWords(query: string): string[] {
  const words = query
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}._-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  return [...new Set(words)].slice(0, maxWords)
}
