import { expect, test } from 'vitest'
import type { Suggestions } from '#app/domain/search/suggestions.ts'
import { fitSuggestions, groupRecentSearches, groupSuggestions } from './suggestion-groups.ts'

const product = (id: number) => ({
  ...{ id, handle: `p-${id}`, title: `Product ${id}`, vendor: '', priceMin: 100, priceMax: 100 },
  ...{ compareAtPrice: null, isSoldOut: false, variantCount: 1, rating: null, image: null },
})
const suggestions = (queries: number, collections: number, products: number): Suggestions => ({
  queries: Array.from({ length: queries }, (_, n) => `query ${n}`),
  collections: Array.from({ length: collections }, (_, n) => ({
    handle: `c-${n}`,
    title: `Collection ${n}`,
  })),
  products: Array.from({ length: products }, (_, n) => product(n)),
})
const fitted = (queries: number, collections: number, products: number, limit: number) => {
  const fit = fitSuggestions(suggestions(queries, collections, products), limit)
  return [fit.queries.length, fit.collections.length, fit.products.length]
}

test('of many suggestions some of each kind are shown', () => {
  expect(fitted(4, 3, 5, 9)).toEqual([3, 2, 4])
  expect(fitted(4, 3, 5, 7)).toEqual([3, 1, 3])
})

test('what one kind does not need is for the others', () => {
  expect(fitted(0, 0, 5, 7)).toEqual([0, 0, 5])
  expect(fitted(4, 0, 5, 9)).toEqual([4, 0, 5])
  expect(fitted(0, 3, 5, 9)).toEqual([0, 3, 5])
  expect(fitted(4, 3, 0, 7)).toEqual([4, 3, 0])
})

test('never more than the limit, and all of them below it', () => {
  for (let queries = 0; queries <= 4; queries += 1)
    for (let collections = 0; collections <= 3; collections += 1)
      for (let products = 0; products <= 5; products += 1)
        for (const limit of [7, 9]) {
          const [a, b, c] = fitted(queries, collections, products, limit) as [number, number, number]
          expect(a + b + c).toBe(Math.min(limit, queries + collections + products))
        }
})

test('the search itself comes last, unless there is nothing else', () => {
  const groups = groupSuggestions(suggestions(1, 0, 1), 'lan')
  expect(groups.map(({ label }) => label)).toEqual(['Searches', 'Products', null])
  expect(groups.at(-1)!.options).toEqual([{ kind: 'all', key: 'all', query: 'lan' }])
  expect(groupSuggestions(suggestions(0, 0, 0), 'lan')).toEqual([])
})

test('recent searches come with an option that clears them', () => {
  const groups = groupRecentSearches(['lamp', 'pot'])
  expect(groups.flatMap(({ options }) => options).map(({ key }) => key)).toEqual([
    'query lamp',
    'query pot',
    'clear',
  ])
  expect(groupRecentSearches([])).toEqual([])
})
