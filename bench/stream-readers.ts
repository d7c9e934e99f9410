/**
 * A process full of browsers: opens the event streams it is told to open, from several loopback addresses so that
 * ports do not run out, and says when something arrives. Started and told by streams.ts, over IPC.
 */
import { connect } from 'node:net'

export type Order = {
  port: number
  /** Cookie and query of each stream. */
  streams: { token: string; query: string }[]
  /** The last part of the first loopback address, and how many there are. */
  firstAddress: number
  addresses: number
}

export type Word =
  | { kind: 'open'; count: number }
  /** An announcement about this topic reached so many streams since the last word; moments in epoch milliseconds. */
  | { kind: 'heard'; topic: string; version: number; count: number; first: number; last: number }
  | { kind: 'lost'; count: number }

const atOnce = 100
const tellEveryMs = 20

const epochMs = () => performance.timeOrigin + performance.now()
const say = (word: Word) => process.send?.(word)

const heard = new Map<string, Extract<Word, { kind: 'heard' }>>()
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
      if (text.includes('event: bye')) lost += 1
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
    const before = heard.get(key)
    if (before) Object.assign(before, { count: before.count + 1, last: at })
    else heard.set(key, { kind: 'heard', topic, version, count: 1, first: at, last: at })
  }
}

process.on('message', (order: Order) => {
  void (async () => {
    let next = 0
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (next < order.streams.length) await open(order, next++)
      }),
    )
    say({ kind: 'open', count: order.streams.length })
  })()
})

setInterval(() => {
  for (const word of heard.values()) say(word)
  heard.clear()
  if (lost > 0) say({ kind: 'lost', count: lost })
  lost = 0
}, tellEveryMs)
