import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHub, type Subscriber, type Hub } from './hub.ts'

let hub: Hub

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  hub = createHub({ epoch: 'one' })
})
afterEach(() => vi.useRealTimers())

class Listener implements Subscriber {
  readonly received: string[] = []
  isEnded = false
  send(bytes: Buffer) {
    this.received.push(bytes.toString())
  }
  end() {
    this.isEnded = true
  }
}

function listener(...topics: string[]) {
  const subscriber = new Listener()
  hub.subscribe(subscriber, topics)
  return subscriber
}

const change = (topic: string, version = 1) =>
  hub.publish({ topic, kind: 'changed', payload: JSON.stringify({ topic, version }) })

/** Waits until everything published is delivered. */
async function waitForDelivery() {
  await vi.runAllTimersAsync()
  await new Promise(setImmediate)
}

test('a subscriber of a topic receives its announcements with their position, and others do not', async () => {
  const [mine, others] = [listener('cart:1'), listener('cart:2')]
  change('cart:1')
  await waitForDelivery()
  expect(mine.received).toEqual(['id: one.1\ndata: {"topic":"cart:1","version":1}\n\n'])
  expect(others.received).toEqual([])
})

test('announcements within one window are sent together, in order', async () => {
  const subscriber = listener('cart:1', 'cart:2')
  change('cart:1', 1)
  change('cart:2', 1)
  change('cart:1', 2)
  await waitForDelivery()
  expect(subscriber.received).toHaveLength(1)
  expect(subscriber.received[0]!.match(/id: one\.\d/g)).toEqual(['id: one.1', 'id: one.2', 'id: one.3'])
})

test('many subscribers get the same buffer, and other work runs in between', async () => {
  const buffers = new Set<Buffer>()
  let served = 0
  for (let index = 0; index < 1_000; index += 1)
    hub.subscribe({ send: (bytes) => void (buffers.add(bytes), (served += 1)), end: () => {} }, ['product:1'])
  change('product:1')
  const servedPerTurn: number[] = []
  vi.advanceTimersByTime(10)
  while (served < 1_000) {
    servedPerTurn.push(served)
    await new Promise(setImmediate)
  }
  expect(buffers.size).toBe(1)
  expect(servedPerTurn.length).toBeGreaterThan(3)
})

test('an unsubscribed subscriber receives nothing, not even what was queued', async () => {
  const subscriber = listener('cart:1')
  change('cart:1')
  hub.unsubscribe(subscriber, ['cart:1'])
  change('cart:1')
  await waitForDelivery()
  expect(subscriber.received).toEqual([])
})

test('since returns the announcements after an earlier position', () => {
  change('cart:1', 1)
  const position = hub.position()
  change('cart:1', 2)
  change('cart:2', 7)
  const events = hub.since(position, new Set(['cart:1']))!
  expect(events.map(({ text }) => text)).toEqual(['id: one.2\ndata: {"topic":"cart:1","version":2}\n\n'])
})

test('since returns null for a position of another process, of the future, or an invalid one', () => {
  change('cart:1')
  const topics = new Set(['cart:1'])
  for (const position of ['two.0', 'one.2', 'one.x', 'one.-1', '', 'one', 'one.1e3'])
    expect(hub.since(position, topics), position).toBeNull()
  expect(hub.since('one.1', topics)).toEqual([])
})

test('after a gap all subscribers get a resync, and earlier positions are invalid', async () => {
  const subscriber = listener('cart:1')
  let missed = 0
  hub.onResync(() => void (missed += 1))
  const before = hub.position()
  hub.resync()
  await waitForDelivery()
  expect(subscriber.received.join('')).toContain('event: resync\n')
  expect(missed).toBe(1)
  expect(hub.since(before, new Set(['cart:1']))).toBeNull()
  expect(hub.since(hub.position(), new Set(['cart:1']))).toEqual([])
})

test('the end of a session does not wait for the window', () => {
  const subscriber = listener('session:5')
  hub.publish({ topic: 'session:5', kind: 'ended', payload: '{}' })
  expect(subscriber.isEnded).toBe(true)
})

test('a full replay buffer holds its own bytes only, not the pooled blocks that messages were encoded in', async () => {
  hub.subscribe({ send: () => {}, end: () => {} }, ['cart:1'])
  await collectGarbage()
  const before = process.memoryUsage().arrayBuffers
  for (let version = 0; version < 20_000; version += 1) {
    change('cart:1', version)
    // Other data that the process encodes shares the pooled blocks with the messages.
    if (version % 4 === 0) Buffer.from('x'.repeat(20_000))
    if (version % 100 === 0) await waitForDelivery()
  }
  await waitForDelivery()
  await collectGarbage()
  expect(hub.since('one.0', new Set(['cart:1']))).toHaveLength(20_000)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2_000_000)
})

/** Array buffers are freed by a separate thread, shortly after the collection. */
async function collectGarbage() {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let turn = 0; turn < 3; turn += 1) {
    collect()
    await new Promise(setImmediate)
  }
}
