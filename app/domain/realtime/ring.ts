/** An announcement as it was heard: its number in this process, and its bytes as every stream gets them. */
export type Told = { number: number; at: number; topic: string; kind: string; bytes: Buffer }

/**
 * The announcements of the last minutes, so that a page hears what happened between its making and its listening.
 * Holds at most `most`; what is older than `keepMs` goes with the next one.
 */
export function createRing({ most, keepMs }: { most: number; keepMs: number }) {
  let kept: Told[] = []
  let start = 0
  /** Everything after this number is still here. */
  let floor = 0

  return {
    add(told: Told) {
      kept.push(told)
      while (kept.length - start > most || told.at - kept[start]!.at > keepMs) {
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
      floor = number
    },
  }
}
