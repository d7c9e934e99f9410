import { expect, test } from 'vitest'
import { createRing, type Told } from './ring.ts'

const told = (number: number, topic = 'cart:1', at = 0): Told => ({
  ...{ number, at, topic },
  kind: 'changed',
  text: String(number),
})
const maxBytes = 1_000_000
const numbers = (found: Told[] | null) => found && found.map(({ number }) => number)

test('what was told of a topic after a number, oldest first', () => {
  const ring = createRing({ most: 10, maxBytes, keepMs: 1_000 })
  ring.add(told(1))
  ring.add(told(2, 'cart:2'))
  ring.add(told(3))
  ring.add(told(4))
  expect(numbers(ring.since(1, new Set(['cart:1'])))).toEqual([3, 4])
  expect(numbers(ring.since(4, new Set(['cart:1'])))).toEqual([])
})

test('a number whose successors are gone gets no answer, one that nothing was lost after gets all', () => {
  const ring = createRing({ most: 3, maxBytes, keepMs: 1_000 })
  for (let number = 1; number <= 20; number += 1) ring.add(told(number))
  const topics = new Set(['cart:1'])
  expect(ring.since(16, topics)).toBeNull()
  expect(numbers(ring.since(17, topics))).toEqual([18, 19, 20])
})

test('the old go with the next one that is told', () => {
  const ring = createRing({ most: 100, maxBytes, keepMs: 1_000 })
  ring.add(told(1, 'cart:1', 0))
  ring.add(told(2, 'cart:1', 900))
  ring.add(told(3, 'cart:1', 1_500))
  expect(ring.since(0, new Set(['cart:1']))).toBeNull()
  expect(numbers(ring.since(1, new Set(['cart:1'])))).toEqual([2, 3])
})

test('after it has forgotten, only what comes later is known', () => {
  const ring = createRing({ most: 100, maxBytes, keepMs: 1_000 })
  ring.add(told(1))
  ring.forget(2)
  ring.add(told(3))
  expect(ring.since(1, new Set(['cart:1']))).toBeNull()
  expect(numbers(ring.since(2, new Set(['cart:1'])))).toEqual([3])
})

test('long messages are bounded by their bytes, and what was dropped for them is known to be gone', () => {
  const ring = createRing({ most: 100, maxBytes, keepMs: 1_000 })
  const long = 'x'.repeat(100_000)
  for (let number = 1; number <= 20; number += 1) ring.add({ ...told(number), text: long })
  const topics = new Set(['cart:1'])
  expect(ring.since(15, topics)).toBeNull()
  expect(numbers(ring.since(16, topics))).toEqual([17, 18, 19, 20])
  ring.add({ ...told(21), text: 'x'.repeat(maxBytes) })
  expect(ring.since(20, topics)).toBeNull()
  ring.add(told(22))
  expect(numbers(ring.since(21, topics))).toEqual([22])
})
