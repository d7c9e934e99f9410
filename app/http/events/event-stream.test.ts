import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHub, type Hub } from '#app/domain/realtime/hub.ts'
import { createConnections } from './event-stream-connections.ts'

let hub: Hub
let connections: ReturnType<typeof createConnections>
let server: ReturnType<typeof createServer>
let sockets: Socket[]
/** How the next request is opened. */
let who: { topics: string[]; sessionId: number | null; ip: string }

beforeEach(async () => {
  hub = createHub({ epoch: 'one' })
  connections = createConnections(hub)
  sockets = []
  who = { topics: ['product:1'], sessionId: null, ip: '192.0.2.1' }
  server = createServer((_, response) =>
    connections.open(response, { ...who, topics: new Set(who.topics), begin: [], stale: [] }),
  ).listen(0)
  await once(server, 'listening')
})

afterEach(() => {
  for (const socket of sockets) socket.destroy()
  server.close()
})

/** Opens a stream and waits for its `hello`. */
async function listen() {
  const socket = connect((server.address() as AddressInfo).port)
  sockets.push(socket)
  let text = ''
  socket.on('data', (chunk) => (text += String(chunk)))
  socket.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n')
  const says = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const check = () => pattern.test(text) && resolve()
      check()
      socket.on('data', check)
      socket.once('close', () =>
        reject(new Error(`The stream ended without ${pattern}: ${text.slice(-500)}`)),
      )
    })
  await says(/event: hello/)
  return { socket, says, text: () => text }
}

const change = (length = 10) =>
  hub.publish({ topic: 'product:1', kind: 'changed', payload: JSON.stringify('x'.repeat(length)) })

test('a stream sends announcements as plain messages without chunked encoding', async () => {
  const reader = await listen()
  change()
  await reader.says(/id: one\.1\ndata: "x+"\n\n$/)
  expect(reader.text()).not.toMatch(/transfer-encoding/i)
  expect(reader.text()).toMatch(/content-type: text\/event-stream/i)
  expect(reader.text()).toMatch(/x-accel-buffering: no/i)
})

/** Sends so much that the blocked reader is given up on; the server then buffers this many bytes for it. */
async function flood(response: ServerResponse) {
  let held = -1
  while (response.writableLength !== held || held < 32 * 1024) {
    held = response.writableLength
    const delivered = new Promise<void>((resolve) => {
      const last = { send: () => resolve(), end: () => {} }
      hub.subscribe(last, ['product:1'])
    })
    for (let more = 0; more < 100; more += 1) change(4_000)
    await delivered
  }
  return held
}

test('a blocked reader gets a bounded queue and a resync when it reads again', async () => {
  const opened = once(server, 'request') as Promise<[unknown, ServerResponse]>
  const slow = await listen()
  const [, response] = await opened
  slow.socket.pause()
  expect(await flood(response)).toBeLessThan(512 * 1024)
  slow.socket.resume()
  await slow.says(/event: resync/)
  change()
  await slow.says(/data: "x{10}"\n\n$/)
})

test('a reader that is blocked for ten seconds is disconnected', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  const opened = once(server, 'request') as Promise<[unknown, ServerResponse]>
  const slow = await listen()
  const [, response] = await opened
  slow.socket.pause()
  await flood(response)
  vi.advanceTimersByTime(9_000)
  expect(response.destroyed).toBe(false)
  vi.advanceTimersByTime(3_000)
  expect(response.destroyed).toBe(true)
  vi.useRealTimers()
  await expect.poll(() => connections.size()).toBe(0)
})

test('an idle stream sends heartbeats and ends after about ten minutes', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const reader = await listen()
  vi.advanceTimersByTime(20_000)
  await reader.says(/id: one\.0\nevent: heartbeat\n/)
  vi.advanceTimersByTime(7 * 60_000)
  expect(reader.text()).not.toContain('event: close')
  vi.advanceTimersByTime(6 * 60_000)
  vi.useRealTimers()
  await reader.says(/event: close\ndata: \{"reason":"reconnect"/)
})

test('a disconnected stream is no longer counted', async () => {
  const reader = await listen()
  expect(connections.size()).toBe(1)
  reader.socket.destroy()
  await expect.poll(() => connections.size()).toBe(0)
})

test('streams are limited to eight a session and five hundred an address or IPv6 network', async () => {
  who = { topics: [], sessionId: 3, ip: '2001:db8:1:2::1' }
  for (let index = 0; index < 8; index += 1) await listen()
  expect(connections.refusalFor({ sessionId: 3, ip: '192.0.2.9' })).toBe('full')
  expect(connections.refusalFor({ sessionId: 4, ip: '192.0.2.9' })).toBeNull()
  who = { ...who, sessionId: null }
  for (let index = 8; index < 500; index += 1) await listen()
  expect(connections.refusalFor({ sessionId: null, ip: '2001:db8:1:2::ffff' })).toBe('full')
  expect(connections.refusalFor({ sessionId: null, ip: '2001:db8:1:3::1' })).toBeNull()
})

test('end closes all streams with different reconnect delays', async () => {
  const readers = await Promise.all(Array.from({ length: 20 }, listen))
  const ended = Promise.all(readers.map(({ socket }) => once(socket, 'end')))
  await connections.end()
  await ended
  const retries = readers.map(({ text }) => /retry: (\d+)\nevent: close\n/.exec(text())?.[1])
  expect(retries.every(Boolean)).toBe(true)
  expect(new Set(retries).size).toBeGreaterThan(10)
  expect(connections.refusalFor({ sessionId: null, ip: '192.0.2.1' })).toBe('reconnect')
})

test('an ended session closes its stream with a reason', async () => {
  who = { ...who, topics: ['session:3'], sessionId: 3 }
  const reader = await listen()
  hub.publish({ topic: 'session:3', kind: 'ended', payload: '{}' })
  await reader.says(/event: close\ndata: \{"reason":"ended"/)
})
