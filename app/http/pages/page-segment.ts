import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'

export type Segment<T> = ReturnType<typeof createSegment<T>>

/** How many keys that were requested once are remembered. */
const maxSeen = 20_000

/**
 * A part of a cache with a size in bytes. Unless `admitsAtOnce` is set, it stores only what is requested a second time,
 * so that a crawl through rare URLs evicts nothing.
 */
export function createSegment<T>({ maxBytes, admitsAtOnce }: { maxBytes: number; admitsAtOnce: boolean }) {
  const entries = new LRUCache<string, { value: T; size: number }>({
    maxSize: maxBytes,
    sizeCalculation: ({ size }) => size,
  })
  const seen = new LRUCache<number, true>({ max: maxSeen })

  function isWanted(key: string): boolean {
    if (admitsAtOnce || entries.has(key)) return true
    const print = createHash('sha256').update(key).digest().readUIntBE(0, 6)
    if (seen.delete(print)) return true
    seen.set(print, true)
    return false
  }

  return {
    get: (key: string): T | undefined => entries.get(key)?.value,

    /** False when it is not admitted or larger than the whole segment. */
    set(key: string, value: T, size: number): boolean {
      return isWanted(key) && entries.set(key, { value, size }).has(key)
    },

    /** Adds bytes to the size of the value, if it is still cached. */
    grow(key: string, value: T, size: number) {
      const entry = entries.peek(key)
      if (entry?.value === value) entries.set(key, { value, size: entry.size + size })
    },

    bytes: () => entries.calculatedSize,
    count: () => entries.size,
  }
}
