import { expect, test } from 'vitest'
import { addClick, addSearch, createBatch, maxBatchSize } from './search-batch.ts'

test('a batch adds up searches and clicks, and has the results of the last search', () => {
  const batch = createBatch()
  addSearch(batch, 'pot', 3)
  addSearch(batch, 'pot', 4)
  addClick(batch, 'pot', 'clay-pot')
  addClick(batch, 'pot', 'clay-pot')
  addClick(batch, 'pot', 'iron-pot')
  expect(batch.searches).toEqual(new Map([['pot', { searches: 2, results: 4 }]]))
  expect(batch.clicks).toEqual(new Map([['pot', new Map([['clay-pot', 2], ['iron-pot', 1]])]])) // prettier-ignore
  expect(batch.size).toBe(3)
})

test('a million made-up queries and clicks take a limited part of the memory, and what is known still counts', () => {
  const batch = createBatch()
  addSearch(batch, 'pot', 3)
  for (let made = 0; made < 1_000_000; made += 1) {
    addSearch(batch, `made up ${made}`, 0)
    addClick(batch, `made up ${made}`, `product-${made}`)
  }
  addSearch(batch, 'pot', 3)
  expect(batch.size).toBe(maxBatchSize)
  const clicks = [...batch.clicks.values()].reduce((sum, handles) => sum + handles.size, 0)
  expect(batch.searches.size + clicks).toBe(maxBatchSize)
  expect(batch.searches.get('pot')).toEqual({ searches: 2, results: 3 })
})
