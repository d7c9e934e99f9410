import { expect, test } from 'vitest'
import {
  correctedQuery,
  lexemeGroups,
  normalizeQuery,
  type QueryTerm,
  searchedTerms,
  toTsQuery,
} from './search.ts'

test('a query is normalized: single spaces, no control characters, whole characters, at most a hundred', () => {
  expect(normalizeQuery('  red\u0000\n  shirt\u202e ')).toBe('red shirt')
  expect(normalizeQuery('x'.repeat(10_000))).toHaveLength(100)
  expect(normalizeQuery('a\ud800b')).toBe('a b')
  expect(normalizeQuery(`${'x'.repeat(99)}😀`).isWellFormed()).toBe(true)
})

test('marks on one letter are limited before the text is normalized', () => {
  expect(normalizeQuery(`a${'\u0301\u0316'.repeat(200)}`).length).toBeLessThan(6)
  expect(normalizeQuery('cafe\u0301')).toBe('café')
})

const term = (
  token: string,
  by: QueryTerm['by'] = 'word',
  words = [token],
  isStopWord = false,
): QueryTerm => ({
  token,
  by,
  isStopWord,
  alternatives: words.map((word) => ({ word, lexeme: word })),
})

test('words that no product has are left out, and stop words unless they are all there is', () => {
  const [the, lamp, unknown] = [term('the', 'word', ['the'], true), term('lamp'), term('xyz', 'none', [])]
  expect(searchedTerms([the, lamp, unknown])).toEqual([lamp])
  expect(searchedTerms([the])).toEqual([the])
  expect(searchedTerms([unknown])).toEqual([])
})

test('the corrected query is what was searched for', () => {
  expect(correctedQuery([term('lampp', 'correction', ['lamp', 'camp']), term('red')])).toBe('lamp red')
  expect(correctedQuery([term('lamp'), term('xyz', 'none', [])])).toBe('lamp')
  expect(correctedQuery([term('lamp'), term('re', 'completion', ['red', 'reed'])])).toBeNull()
  expect(correctedQuery([term('xyz', 'none', [])])).toBeNull()
})

test('a tsquery quotes its words', () => {
  const groups = lexemeGroups([term('lamp'), term('re', 'completion', ['red', 'reed', 'red'])])
  expect(toTsQuery(groups)).toBe("('lamp') & ('red' | 'reed')")
  expect(toTsQuery([["a'b\\"]])).toBe("('ab')")
})
