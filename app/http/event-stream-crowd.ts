import type { ServerResponse } from 'node:http'
import { listLiveSessions } from '#app/domain/accounts/sessions.server.ts'
import { type Ear, type Hub, resyncMessage } from '#app/domain/realtime/hub.ts'
import type { Told } from '#app/domain/realtime/ring.ts'
import { EventWriter } from './event-stream-writer.ts'
import { networkOf } from './network.ts'

const most = { all: 20_000, perAddress: 500, perSession: 8 }
const beatEverySeconds = 20
const behindMs = 10_000
/** About ten minutes, each stream another time. */
const lifeSeconds = () => 480 + Math.random() * 240
/** How fast a process that ends lets its readers come back to the next one. */
const returnsPerSecond = 500

type Opening = {
  topics: ReadonlySet<string>
  sessionId: number | null
  ip: string
  /** What was told since the page was made; null when that is not known. */
  begin: Told[] | null
  /** The grants that are worth nothing any more. */
  stale: string[]
}

/** All open streams of this process: how many there may be, their heartbeat, and their end. */
export function createCrowd(hub: Hub) {
  const streams = new Set<Stream>()
  const perSession = new Map<number | null, number>()
  const perAddress = new Map<string, number>()
  const behind = new Set<Stream>()
  /** One timer for all: each stream is in the slot of the second in which it was opened. */
  const slots = Array.from({ length: beatEverySeconds }, () => new Set<Stream>())
  let second = 0
  let clock: NodeJS.Timeout | undefined
  let isEnding = false

  function open(response: ServerResponse, { topics, sessionId, ip, begin, stale }: Opening) {
    const stream = new Stream(response, {
      topics: [...topics],
      sessionId,
      address: networkOf(ip),
      slot: second % beatEverySeconds,
      endsAt: second + lifeSeconds(),
      missed: () => resyncMessage(hub.position()),
      fellBehind: () => behind.add(stream),
    })
    streams.add(stream)
    slots[stream.slot]!.add(stream)
    count(perSession, sessionId, 1)
    count(perAddress, stream.address, 1)
    response.once('close', () => leave(stream))
    hub.join(stream, topics)
    clock ??= setInterval(tick, 1_000).unref()
    const missed = begin ? begin.map(({ text }) => text).join('') : resyncMessage(hub.position())
    const hello = `retry: 3000\nid: ${hub.position()}\nevent: hello\ndata: ${JSON.stringify({ stale })}\n\n`
    stream.hear(missed + hello)
  }

  function leave(stream: Stream) {
    if (!streams.delete(stream)) return
    slots[stream.slot]!.delete(stream)
    behind.delete(stream)
    count(perSession, stream.sessionId, -1)
    count(perAddress, stream.address, -1)
    hub.leave(stream, stream.topics)
    if (streams.size > 0) return
    clearInterval(clock)
    clock = undefined
  }

  function tick() {
    second += 1
    const beat = Buffer.from(`id: ${hub.position()}\nevent: beat\ndata: {}\n\n`)
    for (const stream of slots[second % beatEverySeconds]!)
      if (second >= stream.endsAt) stream.part('again', 200)
      else hub.tell(stream, beat)
    for (const stream of behind) {
      if (stream.behindSince === 0) behind.delete(stream)
      else if (Date.now() - stream.behindSince > behindMs) stream.drop()
    }
  }

  /** After a gap in what was heard nobody knows whose session ended in it. */
  async function checkSessions() {
    const open = [...streams].filter(({ sessionId }) => sessionId !== null)
    const ids = [...new Set(open.map(({ sessionId }) => sessionId!))]
    const live = await listLiveSessions(ids).then(
      (found) => new Set(found),
      () => null,
    )
    for (const stream of open) {
      // Whoever comes back is asked again.
      if (!live) stream.part('again', 1_000)
      else if (!live.has(stream.sessionId!)) stream.end()
    }
  }
  hub.onMissed(() => void checkSessions())

  return {
    open,

    size: () => streams.size,

    /** Why there is no place for one more, or null. */
    refusalFor({ ip, sessionId }: { ip: string; sessionId: number | null }): string | null {
      if (isEnding) return 'again'
      if (streams.size >= most.all) return 'full'
      if ((perAddress.get(networkOf(ip)) ?? 0) >= most.perAddress) return 'full'
      if (sessionId !== null && (perSession.get(sessionId) ?? 0) >= most.perSession) return 'full'
      return null
    },

    /** Sends everybody away, to come back spread over a while. */
    async end() {
      isEnding = true
      const spreadMs = 1_000 + (streams.size / returnsPerSecond) * 1_000
      let parted = 0
      for (const stream of streams) {
        stream.part('again', Math.random() * spreadMs)
        parted += 1
        if (parted % returnsPerSecond === 0) await new Promise(setImmediate)
      }
    },
  }
}

function count<K>(counts: Map<K, number>, key: K, change: 1 | -1) {
  const now = (counts.get(key) ?? 0) + change
  if (now > 0) counts.set(key, now)
  else counts.delete(key)
}

type Facts = {
  topics: string[]
  sessionId: number | null
  address: string
  slot: number
  endsAt: number
  missed: () => string
  fellBehind: () => void
}

/** One open stream. */
class Stream extends EventWriter implements Ear {
  readonly topics: string[]
  readonly sessionId: number | null
  readonly address: string
  readonly slot: number
  readonly endsAt: number

  constructor(response: ServerResponse, facts: Facts) {
    super(response, facts)
    this.topics = facts.topics
    this.sessionId = facts.sessionId
    this.address = facts.address
    this.slot = facts.slot
    this.endsAt = facts.endsAt
  }

  end() {
    this.close(byeMessage({ reason: 'ended', session: this.sessionId, retryMs: 1_000 }))
  }

  part(reason: string, retryMs: number) {
    this.close(byeMessage({ reason, retryMs }))
  }
}

type Bye = { reason: string; retryMs: number; session?: number | null; stale?: string[] }

/** The last message of a stream: why it ends, and when to come back. */
export function byeMessage({ retryMs, ...why }: Bye): string {
  const retry = Math.round(retryMs)
  return `retry: ${retry}\nevent: bye\ndata: ${JSON.stringify({ ...why, retry })}\n\n`
}
