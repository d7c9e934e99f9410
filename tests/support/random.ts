/** Numbers from 0 to below 1; the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Random = {
  /** A number from 0 to below 1. */
  next: () => number
  /** A whole number from 0 to below `limit`. */
  below: (limit: number) => number
  pick: <T>(some: readonly T[]) => T
}

/** The same, also as whole numbers and as choices. */
export function createRandom(seed: number): Random {
  const next = random(seed)
  const below = (limit: number) => Math.floor(next() * limit)
  return { next, below, pick: (some) => some[below(some.length)]! }
}
