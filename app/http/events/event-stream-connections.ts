import type { ServerResponse } from 'node:http'
import { listActiveSessions } from '#app/domain/accounts/sessions.server.ts'
import { type Subscriber, type Hub, resyncMessage } from '#app/domain/realtime/hub.ts'
import type { BufferedEvent } from '#app/domain/realtime/replay-buffer.ts'
import { EventWriter } from './event-stream-writer.ts'
import { rateLimitAddress } from '#app/domain/rate-limits/rate-limit-address.ts'

const max = { all: 20_000, perAddress: 500, perSession: 8 }
const heartbeatSeconds = 20
const maxBlockedMs = 10_000
/** About ten minutes, jittered for each stream. */
const lifeSeconds = () => 480 + Math.random() * 240
/** How fast streams are closed at shutdown, so that readers reconnect to the next process one after the other. */
const reconnectsPerSecond = 500

type Opening = {
  topics: ReadonlySet<string>
  sessionId: number | null
  ip: string
  /** Events announced since the page was rendered; null when that is not known. */
  begin: BufferedEvent[] | null
  /** The grants that are no longer valid. */
  stale: string[]
}

/** All open streams of this process: their limits, their heartbeat, and their shutdown. */
export function createConnections(hub: Hub) {
  const streams = new Set<Stream>()
  const perSession = new Map<number | null, number>()
  const perAddress = new Map<string, number>()
  const blocked = new Set<Stream>()
  /** One timer for all: each stream is in the slot of the second in which it was opened. */
  const slots = Array.from({ length: heartbeatSeconds }, () => new Set<Stream>())
  let second = 0
  let clock: NodeJS.Timeout | undefined
  let isEnding = false

  function open(response: ServerResponse, { topics, sessionId, ip, begin, stale }: Opening) {
    const stream = new Stream(response, {
      topics: [...topics],
      sessionId,
      address: rateLimitAddress(ip),
      slot: second % heartbeatSeconds,
      endsAt: second + lifeSeconds(),
      missed: () => resyncMessage(hub.position()),
      onBackpressure: () => blocked.add(stream),
    })
    streams.add(stream)
    slots[stream.slot]!.add(stream)
    count(perSession, sessionId, 1)
    count(perAddress, stream.address, 1)
    response.once('close', () => unsubscribe(stream))
    hub.subscribe(stream, topics)
    clock ??= setInterval(tick, 1_000).unref()
    const missed = begin ? begin.map(({ text }) => text).join('') : resyncMessage(hub.position())
    const hello = `retry: 3000\nid: ${hub.position()}\nevent: hello\ndata: ${JSON.stringify({ stale })}\n\n`
    stream.send(missed + hello)
  }

  function unsubscribe(stream: Stream) {
    if (!streams.delete(stream)) return
    slots[stream.slot]!.delete(stream)
    blocked.delete(stream)
    count(perSession, stream.sessionId, -1)
    count(perAddress, stream.address, -1)
    hub.unsubscribe(stream, stream.topics)
    if (streams.size > 0) return
    clearInterval(clock)
    clock = undefined
  }

  function tick() {
    second += 1
    const heartbeat = Buffer.from(`id: ${hub.position()}\nevent: heartbeat\ndata: {}\n\n`)
    for (const stream of slots[second % heartbeatSeconds]!)
      if (second >= stream.endsAt) stream.disconnect('reconnect', 200)
      else hub.send(stream, heartbeat)
    for (const stream of blocked) {
      if (stream.blockedSince === 0) blocked.delete(stream)
      else if (Date.now() - stream.blockedSince > maxBlockedMs) stream.drop()
    }
  }

  /** After a gap in the announcements it is unknown whose session ended in it. */
  async function checkSessions() {
    const open = [...streams].filter(({ sessionId }) => sessionId !== null)
    const ids = [...new Set(open.map(({ sessionId }) => sessionId!))]
    const live = await listActiveSessions(ids).then(
      (found) => new Set(found),
      () => null,
    )
    for (const stream of open) {
      // The session is checked again at the next connection.
      if (!live) stream.disconnect('reconnect', 1_000)
      else if (!live.has(stream.sessionId!)) stream.end()
    }
  }
  hub.onResync(() => void checkSessions())

  return {
    open,

    size: () => streams.size,

    /** Why no further stream is allowed, or null. */
    refusalFor({ ip, sessionId }: { ip: string; sessionId: number | null }): string | null {
      if (isEnding) return 'reconnect'
      if (streams.size >= max.all) return 'full'
      if ((perAddress.get(rateLimitAddress(ip)) ?? 0) >= max.perAddress) return 'full'
      if (sessionId !== null && (perSession.get(sessionId) ?? 0) >= max.perSession) return 'full'
      return null
    },

    /** Closes all streams; they reconnect spread over a period. */
    async end() {
      isEnding = true
      const spreadMs = 1_000 + (streams.size / reconnectsPerSecond) * 1_000
      let closed = 0
      for (const stream of streams) {
        stream.disconnect('reconnect', Math.random() * spreadMs)
        closed += 1
        if (closed % reconnectsPerSecond === 0) await new Promise(setImmediate)
      }
    },
  }
}

function count<K>(counts: Map<K, number>, key: K, change: 1 | -1) {
  const now = (counts.get(key) ?? 0) + change
  if (now > 0) counts.set(key, now)
  else counts.delete(key)
}

type StreamOptions = {
  topics: string[]
  sessionId: number | null
  address: string
  slot: number
  endsAt: number
  missed: () => string
  onBackpressure: () => void
}

/** One open stream. */
class Stream extends EventWriter implements Subscriber {
  readonly topics: string[]
  readonly sessionId: number | null
  readonly address: string
  readonly slot: number
  readonly endsAt: number

  constructor(response: ServerResponse, options: StreamOptions) {
    super(response, options)
    this.topics = options.topics
    this.sessionId = options.sessionId
    this.address = options.address
    this.slot = options.slot
    this.endsAt = options.endsAt
  }

  end() {
    this.close(closeMessage({ reason: 'ended', session: this.sessionId, retryMs: 1_000 }))
  }

  disconnect(reason: string, retryMs: number) {
    this.close(closeMessage({ reason, retryMs }))
  }
}

type CloseReason = { reason: string; retryMs: number; session?: number | null; stale?: string[] }

/** The last message of a stream: why it is closed, and when to reconnect. */
export function closeMessage({ retryMs, ...why }: CloseReason): string {
  const retry = Math.round(retryMs)
  return `retry: ${retry}\nevent: close\ndata: ${JSON.stringify({ ...why, retry })}\n\n`
}
