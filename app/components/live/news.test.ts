import { expect, test } from 'vitest'
import { type LiveEvent, reactionTo, spreadOf } from './news.ts'

const ends = { cart: 'a'.repeat(32), product: 'b'.repeat(32) }
/** A page made at position one.10, in session 7, that shows the third version of a cart; and a product. */
const page = [
  `1800000000~one.10~7~cart:1@3~${ends.cart}`,
  `1800000000~one.10~~product:5,catalog~${ends.product}`,
]
const told = (event: Partial<LiveEvent>): LiveEvent => ({ type: 'message', id: 'one.11', ...event })
const about = (topic: string, more: Partial<LiveEvent> = {}) => reactionTo(told({ topic, ...more }), page)

test('what the page shows and does not have yet is news', () => {
  expect(about('cart:1', { version: 4 })).toBe('reload-data')
  expect(about('product:5')).toBe('reload-data')
  expect(about('catalog', { id: 'two.1' })).toBe('reload-data')
})

test('what the page does not show, or has already, is none', () => {
  expect(about('cart:2', { version: 9 })).toBe('none')
  expect(about('cart:1', { version: 3 })).toBe('none')
  expect(about('cart:1', { version: 2 })).toBe('none')
  expect(about('product:5', { id: 'one.10' })).toBe('none')
  expect(reactionTo(told({ topic: 'cart:1', version: 4 }), [])).toBe('none')
})

test('after a gap a page reads anew, unless it was made after it', () => {
  expect(reactionTo(told({ type: 'resync' }), page)).toBe('reload-data')
  expect(reactionTo(told({ type: 'resync', id: 'two.1' }), page)).toBe('reload-data')
  expect(reactionTo(told({ type: 'resync', id: 'one.10' }), page)).toBe('none')
})

test('a session that ends starts the tab over, if it is still the tab’s', () => {
  expect(reactionTo(told({ type: 'bye', reason: 'ended', session: 7 }), page)).toBe('start-over')
  expect(reactionTo(told({ type: 'bye', reason: 'ended', session: 8 }), page)).toBe('none')
})

test('grants that are worth nothing any more are made anew by the tab whose they are', () => {
  expect(reactionTo(told({ type: 'hello', stale: [ends.cart] }), page)).toBe('reload-all')
  expect(reactionTo(told({ type: 'bye', reason: 'grants', stale: [ends.product] }), page)).toBe('reload-all')
  expect(reactionTo(told({ type: 'hello', stale: ['c'.repeat(32)] }), page)).toBe('none')
  expect(reactionTo(told({ type: 'hello', stale: [] }), page)).toBe('none')
})

test('a newer session in another tab is this tab’s as well', () => {
  expect(reactionTo(told({ type: 'session', session: 8 }), page)).toBe('reload-all')
  expect(reactionTo(told({ type: 'session', session: 7 }), page)).toBe('none')
  expect(reactionTo(told({ type: 'session', session: 6 }), page)).toBe('none')
  expect(reactionTo(told({ type: 'session', session: 1 }), [page[1]!])).toBe('reload-all')
})

test('only what many watch is asked for at different times', () => {
  expect(spreadOf(told({ topic: 'cart:1' }))).toBe(0)
  expect(spreadOf(told({ topic: 'product:5' }))).toBeGreaterThan(0)
  expect(spreadOf(told({ type: 'resync' }))).toBeGreaterThan(0)
})
