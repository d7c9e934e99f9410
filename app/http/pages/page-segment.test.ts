import { expect, test } from 'vitest'
import { createSegment } from './page-segment.ts'

test('a segment evicts the least recently used entries beyond its size', () => {
  const segment = createSegment<number>({ maxBytes: 1_000, admitsAtOnce: true })
  segment.set('used', 0, 100)
  for (let index = 0; index < 1_000; index += 1) {
    expect(segment.get('used')).toBe(0)
    segment.set(`key ${index}`, index, 100)
    expect(segment.bytes()).toBeLessThanOrEqual(1_000)
  }
  expect(segment.count()).toBe(10)
  expect(segment.set('huge', 1, 2_000)).toBe(false)
  expect(segment.bytes()).toBe(1_000)
})

test('grow adds to the size of a cached entry only', () => {
  const segment = createSegment<object>({ maxBytes: 1_000, admitsAtOnce: true })
  const [first, second] = [{}, {}]
  segment.set('a', first, 100)
  segment.grow('a', first, 400)
  expect(segment.bytes()).toBe(500)
  segment.set('a', second, 100)
  segment.grow('a', first, 400)
  expect(segment.bytes()).toBe(100)
  segment.grow('a', second, 2_000)
  expect(segment.count()).toBe(0)
})

test('a segment does not admit keys that are requested once', () => {
  const segment = createSegment<number>({ maxBytes: 1_000, admitsAtOnce: false })
  expect(segment.set('real', 1, 100)).toBe(false)
  expect(segment.set('real', 1, 100)).toBe(true)
  for (let index = 0; index < 50_000; index += 1) expect(segment.set(`made up ${index}`, 1, 100)).toBe(false)
  expect(segment.get('real')).toBe(1)
  expect(segment.set('real', 2, 100)).toBe(true)
})
