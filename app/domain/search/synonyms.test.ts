import { expect, test } from 'vitest'
import { lexemeGroups, maxGroupsOfTerm, type QueryTerm, toTsQuery } from './search.ts'
import {
  expandSynonyms,
  findSynonyms,
  listSynonymsBeginning,
  type SynonymRow,
  toSynonyms,
  withSynonyms,
} from './synonyms.ts'

const row = (group: number, phrase: string, stops: string[] = []): SynonymRow => {
  const tokens = phrase.split(' ')
  return {
    ...{ group, tokens, lexemes: tokens.map((token) => token.replace(/s$/, '')) },
    isStopWord: tokens.map((token) => stops.includes(token)),
  }
}

const synonyms = toSynonyms([
  ...[row(1, 'sofa'), row(1, 'couch'), row(1, 'sofa bed')],
  ...[row(2, 'piece of art', ['of']), row(2, 'painting')],
])

const term = (token: string): QueryTerm => ({
  ...{ token, by: 'word', isStopWord: false },
  alternatives: [{ word: token, lexeme: token }],
})

const termsOf = (query: string) => {
  const tokens = query.split(' ')
  const lexemes = tokens.map((token) => token.replace(/s$/, ''))
  return withSynonyms(tokens.map(term), findSynonyms(lexemes, synonyms))
}

test('a word stands for the whole group, itself first, whatever its ending', () => {
  expect(termsOf('red couchs')).toEqual([
    term('red'),
    expect.objectContaining({
      ...{ token: 'couchs', by: 'synonym' },
      alternatives: [
        { word: 'couch', lexeme: 'couch' },
        { word: 'sofa', lexeme: 'sofa' },
        { word: 'sofa bed', lexeme: 'sofa', and: ['bed'] },
      ],
    }),
  ])
})

test('a phrase is one term; the longest counts, and words of it apart do not', () => {
  expect(termsOf('new sofa bed blue').map(({ token, by }) => [token, by])).toEqual([
    ['new', 'word'],
    ['sofa bed', 'synonym'],
    ['blue', 'word'],
  ])
  expect(termsOf('bed new sofa').map(({ token, by }) => [token, by])).toEqual([
    ['bed', 'word'],
    ['new', 'word'],
    ['sofa', 'synonym'],
  ])
})

test('products need all words of a phrase, except stop words', () => {
  const queryOf = (query: string) => toTsQuery(lexemeGroups(termsOf(query)))
  // Couch, or sofa, or sofa and bed.
  expect(queryOf('couch')).toBe("('couch' | 'sofa') & ('couch' | 'sofa' | 'bed')")
  expect(queryOf('painting')).toBe("('painting' | 'piece') & ('painting' | 'art')")
})

test('phrases that would make too many groups are left out', () => {
  const phrases = Array.from({ length: 10 }, (_, index) => row(1, `a${index} b${index}`))
  const alternatives = toSynonyms(phrases).get('a0 b0')!
  const groups = lexemeGroups([{ alternatives: [...alternatives, { word: 'lamp', lexeme: 'lamp' }] }])
  expect(groups).toHaveLength(maxGroupsOfTerm)
  expect(groups.every((group) => group.includes('lamp'))).toBe(true)
})

test('words of the catalog bring their group, and groups complete a beginning by their single words', () => {
  expect(expandSynonyms([{ word: 'lamp', lexeme: 'lamp' }], synonyms)).toHaveLength(1)
  expect(expandSynonyms([{ word: 'sofas', lexeme: 'sofa' }], synonyms).map(({ word }) => word)).toEqual([
    ...['sofas', 'couch', 'sofa bed'],
  ])
  expect(listSynonymsBeginning('so', synonyms).map(({ word }) => word)).toEqual(['sofa'])
  expect(listSynonymsBeginning('s', synonyms)).toEqual([])
})

test('groups with words of the same stem share it', () => {
  const both = toSynonyms([row(1, 'sofa'), row(1, 'couch'), row(2, 'sofas'), row(2, 'divan')])
  expect(both.get('sofa')!.map(({ word }) => word)).toEqual(['sofa', 'couch', 'divan'])
})
