import { expect, test } from 'vitest'
import { createReplayBuffer, type BufferedEvent } from './replay-buffer.ts'

const event = (number: number, topic = 'cart:1', at = 0): BufferedEvent => ({
  ...{ number, at, topic },
  kind: 'changed',
  text: String(number),
})
const maxBytes = 1_000_000
const numbers = (found: BufferedEvent[] | null) => found && found.map(({ number }) => number)

test('since returns the events of a topic after a number, oldest first', () => {
  const buffer = createReplayBuffer({ maxEvents: 10, maxBytes, keepMs: 1_000 })
  buffer.add(event(1))
  buffer.add(event(2, 'cart:2'))
  buffer.add(event(3))
  buffer.add(event(4))
  expect(numbers(buffer.since(1, new Set(['cart:1'])))).toEqual([3, 4])
  expect(numbers(buffer.since(4, new Set(['cart:1'])))).toEqual([])
})

test('since returns null when later events were dropped, and all events when none were', () => {
  const buffer = createReplayBuffer({ maxEvents: 3, maxBytes, keepMs: 1_000 })
  for (let number = 1; number <= 20; number += 1) buffer.add(event(number))
  const topics = new Set(['cart:1'])
  expect(buffer.since(16, topics)).toBeNull()
  expect(numbers(buffer.since(17, topics))).toEqual([18, 19, 20])
})

test('old events are dropped with the next one', () => {
  const buffer = createReplayBuffer({ maxEvents: 100, maxBytes, keepMs: 1_000 })
  buffer.add(event(1, 'cart:1', 0))
  buffer.add(event(2, 'cart:1', 900))
  buffer.add(event(3, 'cart:1', 1_500))
  expect(buffer.since(0, new Set(['cart:1']))).toBeNull()
  expect(numbers(buffer.since(1, new Set(['cart:1'])))).toEqual([2, 3])
})

test('after forget only later events are known', () => {
  const buffer = createReplayBuffer({ maxEvents: 100, maxBytes, keepMs: 1_000 })
  buffer.add(event(1))
  buffer.forget(2)
  buffer.add(event(3))
  expect(buffer.since(1, new Set(['cart:1']))).toBeNull()
  expect(numbers(buffer.since(2, new Set(['cart:1'])))).toEqual([3])
})

test('long messages are limited by their bytes, and dropped ones are known to be missing', () => {
  const buffer = createReplayBuffer({ maxEvents: 100, maxBytes, keepMs: 1_000 })
  const long = 'x'.repeat(100_000)
  for (let number = 1; number <= 20; number += 1) buffer.add({ ...event(number), text: long })
  const topics = new Set(['cart:1'])
  expect(buffer.since(15, topics)).toBeNull()
  expect(numbers(buffer.since(16, topics))).toEqual([17, 18, 19, 20])
  buffer.add({ ...event(21), text: 'x'.repeat(maxBytes) })
  expect(buffer.since(20, topics)).toBeNull()
  buffer.add(event(22))
  expect(numbers(buffer.since(21, topics))).toEqual([22])
})
