import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHub, type Ear, type Hub } from './hub.ts'

let hub: Hub

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  hub = createHub({ epoch: 'one' })
})
afterEach(() => vi.useRealTimers())

class Listener implements Ear {
  readonly heard: string[] = []
  isEnded = false
  hear(bytes: Buffer) {
    this.heard.push(bytes.toString())
  }
  end() {
    this.isEnded = true
  }
}

function listener(...topics: string[]) {
  const ear = new Listener()
  hub.join(ear, topics)
  return ear
}

const change = (topic: string, version = 1) =>
  hub.publish({ topic, kind: 'changed', payload: JSON.stringify({ topic, version }) })

/** Until everything that was published is delivered. */
async function delivered() {
  await vi.runAllTimersAsync()
  await new Promise(setImmediate)
}

test('who listens to a topic hears it, with its position, and nobody else does', async () => {
  const [mine, others] = [listener('cart:1'), listener('cart:2')]
  change('cart:1')
  await delivered()
  expect(mine.heard).toEqual(['id: one.1\ndata: {"topic":"cart:1","version":1}\n\n'])
  expect(others.heard).toEqual([])
})

test('what is told within one window comes in one piece, in its order', async () => {
  const ear = listener('cart:1', 'cart:2')
  change('cart:1', 1)
  change('cart:2', 1)
  change('cart:1', 2)
  await delivered()
  expect(ear.heard).toHaveLength(1)
  expect(ear.heard[0]!.match(/id: one\.\d/g)).toEqual(['id: one.1', 'id: one.2', 'id: one.3'])
})

test('a crowd gets the very same bytes, and other work gets its turn in between', async () => {
  const pieces = new Set<Buffer>()
  let served = 0
  for (let index = 0; index < 1_000; index += 1)
    hub.join({ hear: (bytes) => void (pieces.add(bytes), (served += 1)), end: () => {} }, ['product:1'])
  change('product:1')
  const servedAtTurns: number[] = []
  vi.advanceTimersByTime(10)
  while (served < 1_000) {
    servedAtTurns.push(served)
    await new Promise(setImmediate)
  }
  expect(pieces.size).toBe(1)
  expect(servedAtTurns.length).toBeGreaterThan(3)
})

test('who has left hears nothing, not even what was waiting', async () => {
  const ear = listener('cart:1')
  change('cart:1')
  hub.leave(ear, ['cart:1'])
  change('cart:1')
  await delivered()
  expect(ear.heard).toEqual([])
})

test('a position taken before is enough to hear what came after it', () => {
  change('cart:1', 1)
  const position = hub.position()
  change('cart:1', 2)
  change('cart:2', 7)
  const told = hub.since(position, new Set(['cart:1']))!
  expect(told.map(({ text }) => text)).toEqual(['id: one.2\ndata: {"topic":"cart:1","version":2}\n\n'])
})

test('a position of another process, from the future, or none is worth nothing', () => {
  change('cart:1')
  const topics = new Set(['cart:1'])
  for (const position of ['two.0', 'one.2', 'one.x', 'one.-1', '', 'one', 'one.1e3'])
    expect(hub.since(position, topics), position).toBeNull()
  expect(hub.since('one.1', topics)).toEqual([])
})

test('after a gap everybody is told to read anew, and earlier positions are worth nothing', async () => {
  const ear = listener('cart:1')
  let missed = 0
  hub.onMissed(() => void (missed += 1))
  const before = hub.position()
  hub.resync()
  await delivered()
  expect(ear.heard.join('')).toContain('event: resync\n')
  expect(missed).toBe(1)
  expect(hub.since(before, new Set(['cart:1']))).toBeNull()
  expect(hub.since(hub.position(), new Set(['cart:1']))).toEqual([])
})

test('the end of a session does not wait for the window', () => {
  const ear = listener('session:5')
  hub.publish({ topic: 'session:5', kind: 'ended', payload: '{}' })
  expect(ear.isEnded).toBe(true)
})

test('a full replay buffer holds its own bytes only, not the pooled blocks that messages were encoded in', async () => {
  hub.join({ hear: () => {}, end: () => {} }, ['cart:1'])
  await collectGarbage()
  const before = process.memoryUsage().arrayBuffers
  for (let version = 0; version < 20_000; version += 1) {
    change('cart:1', version)
    // Whatever else the process encodes meanwhile lies between two messages in the same blocks.
    if (version % 4 === 0) Buffer.from('x'.repeat(20_000))
    if (version % 100 === 0) await delivered()
  }
  await delivered()
  await collectGarbage()
  expect(hub.since('one.0', new Set(['cart:1']))).toHaveLength(20_000)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2_000_000)
})

/** Array buffers are freed by a thread of their own, shortly after the collection. */
async function collectGarbage() {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let turn = 0; turn < 3; turn += 1) {
    collect()
    await new Promise(setImmediate)
  }
}
