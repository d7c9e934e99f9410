/**
 * A process that simulates browsers: opens the given event streams, from several loopback addresses so that ports do
 * not run out, and reports what arrives. Started by streams.ts, which talks to it over IPC.
 */
import { connect } from 'node:net'

export type Order = {
  port: number
  /** Cookie and query of each stream. */
  streams: { token: string; query: string }[]
  /** The last part of the first loopback address, and the number of addresses. */
  firstAddress: number
  addresses: number
}

export type Report =
  | { kind: 'open'; count: number }
  /** An announcement about this topic reached so many streams since the last report; times in epoch milliseconds. */
  | { kind: 'received'; topic: string; version: number; count: number; first: number; last: number }
  | { kind: 'lost'; count: number }

const maxInFlight = 100
const reportEveryMs = 20

const epochMs = () => performance.timeOrigin + performance.now()
const send = (report: Report) => process.send?.(report)

const received = new Map<string, Extract<Report, { kind: 'received' }>>()
let lost = 0

function open(order: Order, index: number): Promise<void> {
  const { token, query } = order.streams[index]!
  const socket = connect({
    port: order.port,
    host: '127.0.0.1',
    localAddress: `127.0.0.${order.firstAddress + (index % order.addresses)}`,
  })
  socket.write(
    `GET /events?${query} HTTP/1.1\r\nHost: 127.0.0.1:${order.port}\r\nSec-Fetch-Site: same-origin\r\n` +
      `Cookie: sid=${token}\r\nAccept: text/event-stream\r\n\r\n`,
  )
  return new Promise((resolve, reject) => {
    let isOpen = false
    socket.on('data', (chunk: Buffer) => {
      const text = chunk.toString()
      if (!isOpen && text.includes('event: hello')) {
        isOpen = true
        resolve()
      }
      if (text.includes('event: close')) lost += 1
      if (isOpen) listen(text)
    })
    socket.on('error', reject)
    socket.on('close', () => {
      lost += 1
      reject(new Error('A stream was closed before it was open'))
    })
  })
}

function listen(text: string) {
  const at = epochMs()
  for (const [, payload] of text.matchAll(/^data: (\{.*\})$/gm)) {
    const { topic, version = 0 } = JSON.parse(payload!) as { topic?: string; version?: number }
    if (!topic) continue
    const key = `${topic}@${version}`
    const before = received.get(key)
    if (before) Object.assign(before, { count: before.count + 1, last: at })
    else received.set(key, { kind: 'received', topic, version, count: 1, first: at, last: at })
  }
}

process.on('message', (order: Order) => {
  void (async () => {
    let next = 0
    await Promise.all(
      Array.from({ length: maxInFlight }, async () => {
        while (next < order.streams.length) await open(order, next++)
      }),
    )
    send({ kind: 'open', count: order.streams.length })
  })()
})

setInterval(() => {
  for (const report of received.values()) send(report)
  received.clear()
  if (lost > 0) send({ kind: 'lost', count: lost })
  lost = 0
}, reportEveryMs)
