/**
 * Sends announcements to the subscribers in this process. Each is encoded once; a subscriber gets one buffer per
 * window, however many announcements it covers; and many subscribers are served in batches, so that other work can run
 * in between.
 */
import { createReplayBuffer, type BufferedEvent } from './replay-buffer.ts'

/** A receiver of announcements, such as an open event stream. */
export type Subscriber = {
  /** Receives whole messages of an event stream. */
  send(bytes: Buffer): void
  /** The subscriber's session has ended. */
  end(): void
}

export type Announcement = { topic: string; kind: string; payload: string }

export type Hub = ReturnType<typeof createHub>

/** Long enough to batch related announcements, too short to be noticed. */
const windowMs = 8
/** Subscribers served before other work may run. */
const batchSize = 200

const bufferLimits = { maxEvents: 20_000, maxBytes: 8 * 1024 * 1024, keepMs: 5 * 60_000 }

/** `epoch` distinguishes the positions of this process from those of others: letters and digits. */
export function createHub(input: { epoch: string; now?: () => number }) {
  const { epoch, now = Date.now } = input
  const buffer = createReplayBuffer(bufferLimits)
  const byTopic = new Map<string, Set<Subscriber>>()
  const subscribers = new Set<Subscriber>()
  const waiting = new Map<Subscriber, Buffer>()
  const onResync: (() => void)[] = []
  let number = 0
  let isFlushing = false

  const positionOf = (of: number) => `${epoch}.${of}`

  /** The number of a position; null when it is invalid or from another process. */
  function numberOf(position: string): number | null {
    const [of, digits = ''] = position.split('.')
    return of === epoch && /^\d{1,15}$/.test(digits) ? Number(digits) : null
  }

  function publish({ topic, kind, payload }: Announcement) {
    number += 1
    const text = `id: ${positionOf(number)}\ndata: ${payload}\n\n`
    buffer.add({ number, at: now(), topic, kind, text })
    const topicSubscribers = byTopic.get(topic)
    if (!topicSubscribers) return
    if (kind === 'ended') for (const subscriber of topicSubscribers) subscriber.end()
    else {
      const bytes = Buffer.from(text)
      for (const subscriber of topicSubscribers) send(subscriber, bytes)
    }
  }

  /** Queues bytes for one subscriber, in order with its other messages. */
  function send(subscriber: Subscriber, bytes: Buffer) {
    const before = waiting.get(subscriber)
    waiting.set(subscriber, before ? Buffer.concat([before, bytes]) : bytes)
    if (isFlushing) return
    isFlushing = true
    setTimeout(() => void flush(), windowMs)
  }

  async function flush() {
    let served = 0
    try {
      // Subscribers queued in between are added at the end of the map, and so to this same round.
      for (const [subscriber, bytes] of waiting) {
        waiting.delete(subscriber)
        subscriber.send(bytes)
        served += 1
        if (served % batchSize === 0) await new Promise(setImmediate)
      }
    } finally {
      isFlushing = false
    }
  }

  return {
    publish,
    send,

    /**
     * The current position. Taken before a page reads, it identifies the announcements that the page may have missed.
     */
    position: () => positionOf(number),

    /** Subscribes to these topics. */
    subscribe(subscriber: Subscriber, topics: Iterable<string>) {
      subscribers.add(subscriber)
      for (const topic of topics) {
        const topicSubscribers = byTopic.get(topic)
        if (topicSubscribers) topicSubscribers.add(subscriber)
        else byTopic.set(topic, new Set([subscriber]))
      }
    },

    /** Unsubscribes; `topics` are the ones passed to `subscribe`. */
    unsubscribe(subscriber: Subscriber, topics: Iterable<string>) {
      subscribers.delete(subscriber)
      waiting.delete(subscriber)
      for (const topic of topics) {
        const topicSubscribers = byTopic.get(topic)
        topicSubscribers?.delete(subscriber)
        if (topicSubscribers?.size === 0) byTopic.delete(topic)
      }
    },

    /** The announcements of these topics since that position; null when this process cannot know. */
    since(position: string, topics: ReadonlySet<string>): BufferedEvent[] | null {
      const from = numberOf(position)
      return from === null || from > number ? null : buffer.since(from, topics)
    },

    /** Announcements were missed: every earlier position becomes invalid, and every page must reload its data. */
    resync() {
      number += 1
      buffer.forget(number)
      const bytes = Buffer.from(resyncMessage(positionOf(number)))
      for (const subscriber of subscribers) send(subscriber, bytes)
      for (const react of onResync) react()
    },

    onResync: (react: () => void) => void onResync.push(react),
  }
}

/** Tells a page that it may have missed announcements. */
export function resyncMessage(position: string): string {
  return `id: ${position}\nevent: resync\ndata: {}\n\n`
}
