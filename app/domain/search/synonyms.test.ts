import { expect, test } from 'vitest'
import { lexemeGroups, maxGroupsOfTerm, type QueryTerm, toTsQuery } from './search.ts'
import { expandSynonyms, findSynonyms, listSynonymsBeginning, toSynonyms, withSynonyms } from './synonyms.ts'

/** Every word ends without its "s"; "of" is a stop word. */
const groupsOf = (...groups: string[][]) => {
  const tokens = groups.flat().flatMap((phrase) => phrase.split(' '))
  const lexized = tokens.map((token) => [token, token === 'of' ? [] : [token.replace(/s$/, '')]])
  return toSynonyms(groups, Object.fromEntries(lexized) as Record<string, string[]>)
}

const synonyms = groupsOf(['sofa', 'couch', 'sofa bed'], ['piece of art', 'painting'])

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
  const phrases = Array.from({ length: 10 }, (_, index) => `a${index} b${index}`)
  const alternatives = groupsOf(phrases).get('a0 b0')!
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
  const both = groupsOf(['sofa', 'couch'], ['sofas', 'divan'])
  expect(both.get('sofa')!.map(({ word }) => word)).toEqual(['sofa', 'couch', 'divan'])
})
