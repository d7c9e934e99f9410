import { createHash } from 'node:crypto'

export type Segment<T> = ReturnType<typeof createSegment<T>>

/** How many keys that were requested once are remembered. */
const maxSeen = 20_000

/**
 * A bounded part of a cache with least-recently-used eviction. Unless `admitsAtOnce` is set, it stores only what is
 * requested a second time, so that a crawl through rare URLs evicts nothing.
 */
export function createSegment<T>({ maxBytes, admitsAtOnce }: { maxBytes: number; admitsAtOnce: boolean }) {
  const entries = new Map<string, { value: T; size: number }>()
  const seen = new Set<number>()
  let bytes = 0

  function drop(key: string) {
    const entry = entries.get(key)
    if (!entry) return
    entries.delete(key)
    bytes -= entry.size
  }

  function trim() {
    for (const [oldest] of entries) {
      if (bytes <= maxBytes) break
      drop(oldest)
    }
  }

  function isWanted(key: string): boolean {
    if (admitsAtOnce || entries.has(key)) return true
    const print = createHash('sha256').update(key).digest().readUIntBE(0, 6)
    if (seen.delete(print)) return true
    seen.add(print)
    for (const oldest of seen) {
      if (seen.size <= maxSeen) break
      seen.delete(oldest)
    }
    return false
  }

  return {
    get(key: string): T | undefined {
      const entry = entries.get(key)
      if (!entry) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },

    /** False when it is not admitted. */
    set(key: string, value: T, size: number): boolean {
      if (!isWanted(key)) return false
      drop(key)
      entries.set(key, { value, size })
      bytes += size
      trim()
      return entries.has(key)
    },

    /** Adds bytes to the size of the value, if it is still cached. */
    grow(key: string, value: T, size: number) {
      const entry = entries.get(key)
      if (entry?.value !== value) return
      entry.size += size
      bytes += size
      trim()
    },

    bytes: () => bytes,
    count: () => entries.size,
  }
}
