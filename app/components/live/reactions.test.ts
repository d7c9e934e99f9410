import { expect, test } from 'vitest'
import { type LiveEvent, decideReaction, jitterMs } from './reactions.ts'

const ends = { cart: 'a'.repeat(32), product: 'b'.repeat(32) }
/** A page rendered at position one.10, in session 7, that shows version 3 of a cart and a product. */
const page = [
  `1800000000~one.10~7~cart:1@3~${ends.cart}`,
  `1800000000~one.10~~product:5,catalog~${ends.product}`,
]
const liveEvent = (event: Partial<LiveEvent>): LiveEvent => ({ type: 'message', id: 'one.11', ...event })
const reactTo = (topic: string, more: Partial<LiveEvent> = {}) =>
  decideReaction(liveEvent({ topic, ...more }), page)

test('decideReaction revalidates for topics and versions that the page lacks', () => {
  expect(reactTo('cart:1', { version: 4 })).toBe('reload-data')
  expect(reactTo('product:5')).toBe('reload-data')
  expect(reactTo('catalog', { id: 'two.1' })).toBe('reload-data')
})

test('decideReaction ignores other topics and known versions', () => {
  expect(reactTo('cart:2', { version: 9 })).toBe('none')
  expect(reactTo('cart:1', { version: 3 })).toBe('none')
  expect(reactTo('cart:1', { version: 2 })).toBe('none')
  expect(reactTo('product:5', { id: 'one.10' })).toBe('none')
  expect(decideReaction(liveEvent({ topic: 'cart:1', version: 4 }), [])).toBe('none')
})

test('decideReaction revalidates after a gap, unless the page is newer', () => {
  expect(decideReaction(liveEvent({ type: 'resync' }), page)).toBe('reload-data')
  expect(decideReaction(liveEvent({ type: 'resync', id: 'two.1' }), page)).toBe('reload-data')
  expect(decideReaction(liveEvent({ type: 'resync', id: 'one.10' }), page)).toBe('none')
})

test('decideReaction reloads the document when the tab’s own session ends', () => {
  expect(decideReaction(liveEvent({ type: 'close', reason: 'ended', session: 7 }), page)).toBe('hard-reload')
  expect(decideReaction(liveEvent({ type: 'close', reason: 'ended', session: 8 }), page)).toBe('none')
})

test('decideReaction renews stale grants in the tab that has them', () => {
  expect(decideReaction(liveEvent({ type: 'hello', stale: [ends.cart] }), page)).toBe('reload-all')
  expect(decideReaction(liveEvent({ type: 'close', reason: 'grants', stale: [ends.product] }), page)).toBe(
    'reload-all',
  )
  expect(decideReaction(liveEvent({ type: 'hello', stale: ['c'.repeat(32)] }), page)).toBe('none')
  expect(decideReaction(liveEvent({ type: 'hello', stale: [] }), page)).toBe('none')
})

test('decideReaction reloads everything for a newer session in another tab', () => {
  expect(decideReaction(liveEvent({ type: 'session', session: 8 }), page)).toBe('reload-all')
  expect(decideReaction(liveEvent({ type: 'session', session: 7 }), page)).toBe('none')
  expect(decideReaction(liveEvent({ type: 'session', session: 6 }), page)).toBe('none')
  expect(decideReaction(liveEvent({ type: 'session', session: 1 }), [page[1]!])).toBe('reload-all')
})

test('jitterMs delays only topics that many tabs watch', () => {
  expect(jitterMs(liveEvent({ topic: 'cart:1' }))).toBe(0)
  expect(jitterMs(liveEvent({ topic: 'product:5' }))).toBeGreaterThan(0)
  expect(jitterMs(liveEvent({ type: 'resync' }))).toBeGreaterThan(0)
})
