/**
 * An announcement as it was heard: its number in this process, and its message as every stream gets it. A string and
 * not a Buffer: a small Buffer is a slice of a pooled 64 KB block and keeps all of that block in memory.
 */
export type Told = { number: number; at: number; topic: string; kind: string; text: string }

type Limits = { most: number; maxBytes: number; keepMs: number }

/**
 * The announcements of the last minutes, so that a page hears what happened between its making and its listening.
 * Holds at most `most` and at most `maxBytes`; what is older than `keepMs` goes with the next one.
 */
export function createRing({ most, maxBytes, keepMs }: Limits) {
  let kept: Told[] = []
  let start = 0
  let bytes = 0
  /** Everything after this number is still here. */
  let floor = 0

  return {
    add(told: Told) {
      kept.push(told)
      bytes += sizeOf(told)
      while (
        start < kept.length &&
        (kept.length - start > most || bytes > maxBytes || told.at - kept[start]!.at > keepMs)
      ) {
        bytes -= sizeOf(kept[start]!)
        floor = kept[start]!.number
        start += 1
      }
      // Cutting off one at a time would move thousands each time.
      if (start <= kept.length / 2) return
      kept = kept.slice(start)
      start = 0
    },

    /** What was told of these topics after that number, oldest first; null when some of it is gone already. */
    since(number: number, topics: ReadonlySet<string>): Told[] | null {
      if (number < floor) return null
      const found: Told[] = []
      for (let at = kept.length - 1; at >= start && kept[at]!.number > number; at -= 1)
        if (topics.has(kept[at]!.topic)) found.push(kept[at]!)
      return found.reverse()
    },

    /** Forgets everything up to that number: what came before it is not known. */
    forget(number: number) {
      kept = []
      start = 0
      bytes = 0
      floor = number
    },
  }
}

/** At most two bytes a character, and about as much again for the object as for a short topic. */
function sizeOf({ text, topic }: Told): number {
  return 2 * (text.length + topic.length) + 128
}
