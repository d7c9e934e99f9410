/**
 * A published announcement: its number in this process, and its message as every stream gets it. A string and not a
 * Buffer: a small Buffer is a slice of a pooled 64 KB block and keeps that whole block in memory.
 */
export type BufferedEvent = { number: number; at: number; topic: string; kind: string; text: string }

type Limits = { maxEvents: number; maxBytes: number; keepMs: number }

/**
 * The announcements of the last minutes, so that a page does not miss those between its rendering and its subscription.
 * Holds at most `maxEvents` and at most `maxBytes`; events older than `keepMs` are dropped with the next one.
 */
export function createReplayBuffer({ maxEvents, maxBytes, keepMs }: Limits) {
  let events: BufferedEvent[] = []
  let start = 0
  let bytes = 0
  /** The buffer holds every event after this number. */
  let floor = 0

  return {
    add(event: BufferedEvent) {
      events.push(event)
      bytes += sizeOf(event)
      while (
        start < events.length &&
        (events.length - start > maxEvents || bytes > maxBytes || event.at - events[start]!.at > keepMs)
      ) {
        bytes -= sizeOf(events[start]!)
        floor = events[start]!.number
        start += 1
      }
      // Slicing for each dropped event would move thousands each time.
      if (start <= events.length / 2) return
      events = events.slice(start)
      start = 0
    },

    /** The announcements of these topics after that number, oldest first; null when some have been dropped. */
    since(number: number, topics: ReadonlySet<string>): BufferedEvent[] | null {
      if (number < floor) return null
      const found: BufferedEvent[] = []
      for (let at = events.length - 1; at >= start && events[at]!.number > number; at -= 1)
        if (topics.has(events[at]!.topic)) found.push(events[at]!)
      return found.reverse()
    },

    /** Drops everything up to that number: earlier announcements are unknown. */
    forget(number: number) {
      events = []
      start = 0
      bytes = 0
      floor = number
    },
  }
}

/** At most two bytes per character, and about as much again for the object as for a short topic. */
function sizeOf({ text, topic }: BufferedEvent): number {
  return 2 * (text.length + topic.length) + 128
}
