/**
 * Hands announcements on to whoever listens in this process. Each is encoded once; a listener gets one piece of
 * bytes per window, however much was announced in it; and a large crowd is served in turns with other work.
 */
import { createRing, type Told } from './ring.ts'

/** Somebody who listens. */
export type Ear = {
  /** Takes whole messages of an event stream. */
  hear(bytes: Buffer): void
  /** The session that listens here is over. */
  end(): void
}

export type Announcement = { topic: string; kind: string; payload: string }

export type Hub = ReturnType<typeof createHub>

/** Long enough for what belongs together to arrive together, too short to be noticed. */
const windowMs = 8
/** So many listeners are served before others get their turn. */
const atOnce = 200

const kept = { most: 20_000, maxBytes: 8 * 1024 * 1024, keepMs: 5 * 60_000 }

/** `epoch` tells the positions of this process from those of others: letters and digits. */
export function createHub(input: { epoch: string; now?: () => number }) {
  const { epoch, now = Date.now } = input
  const ring = createRing(kept)
  const crowds = new Map<string, Set<Ear>>()
  const everybody = new Set<Ear>()
  const waiting = new Map<Ear, Buffer>()
  const onMissed: (() => void)[] = []
  let number = 0
  let isFlushing = false

  const positionOf = (of: number) => `${epoch}.${of}`

  /** The number that a position stands for; null when it was given by another process or is none. */
  function numberOf(position: string): number | null {
    const [of, digits = ''] = position.split('.')
    return of === epoch && /^\d{1,15}$/.test(digits) ? Number(digits) : null
  }

  function publish({ topic, kind, payload }: Announcement) {
    number += 1
    const text = `id: ${positionOf(number)}\ndata: ${payload}\n\n`
    ring.add({ number, at: now(), topic, kind, text })
    const crowd = crowds.get(topic)
    if (!crowd) return
    if (kind === 'ended') for (const ear of crowd) ear.end()
    else {
      const bytes = Buffer.from(text)
      for (const ear of crowd) tell(ear, bytes)
    }
  }

  /** To one ear, in the order of everything else that it hears. */
  function tell(ear: Ear, bytes: Buffer) {
    const before = waiting.get(ear)
    waiting.set(ear, before ? Buffer.concat([before, bytes]) : bytes)
    if (isFlushing) return
    isFlushing = true
    setTimeout(() => void flush(), windowMs)
  }

  async function flush() {
    let served = 0
    try {
      // Whoever is queued meanwhile comes at the end of the map, and so into this same round.
      for (const [ear, bytes] of waiting) {
        waiting.delete(ear)
        ear.hear(bytes)
        served += 1
        if (served % atOnce === 0) await new Promise(setImmediate)
      }
    } finally {
      isFlushing = false
    }
  }

  return {
    publish,
    tell,

    /** Where the announcements stand now. Taken before a page reads, it tells later what the page cannot know. */
    position: () => positionOf(number),

    /** From now on the ear hears these topics. */
    join(ear: Ear, topics: Iterable<string>) {
      everybody.add(ear)
      for (const topic of topics) {
        const crowd = crowds.get(topic)
        if (crowd) crowd.add(ear)
        else crowds.set(topic, new Set([ear]))
      }
    },

    /** The ear hears nothing any more; `topics` are the ones it joined with. */
    leave(ear: Ear, topics: Iterable<string>) {
      everybody.delete(ear)
      waiting.delete(ear)
      for (const topic of topics) {
        const crowd = crowds.get(topic)
        crowd?.delete(ear)
        if (crowd?.size === 0) crowds.delete(topic)
      }
    },

    /** What was told of these topics since that position; null when this process cannot know. */
    since(position: string, topics: ReadonlySet<string>): Told[] | null {
      const from = numberOf(position)
      return from === null || from > number ? null : ring.since(from, topics)
    },

    /** Announcements were missed: every earlier position is worthless, and every page has to read anew. */
    resync() {
      number += 1
      ring.forget(number)
      const bytes = Buffer.from(resyncMessage(positionOf(number)))
      for (const ear of everybody) tell(ear, bytes)
      for (const react of onMissed) react()
    },

    onMissed: (react: () => void) => void onMissed.push(react),
  }
}

/** Tells a page that it may have missed something. */
export function resyncMessage(position: string): string {
  return `id: ${position}\nevent: resync\ndata: {}\n\n`
}
