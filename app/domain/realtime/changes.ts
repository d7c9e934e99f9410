/**
 * Records which named things changed, and in which order: a cache entry was made at a position, and is valid while none
 * of its dependencies has changed since. Beyond `maxNames` the names that changed longest ago are dropped, and every
 * entry made before then counts as changed.
 */
export function createChangeLog({ maxNames }: { maxNames: number }) {
  const lastChange = new Map<string, number>()
  let position = 0
  let floor = 0

  return {
    position: () => position,

    record(names: Iterable<string>) {
      position += 1
      for (const name of names) {
        lastChange.delete(name)
        lastChange.set(name, position)
      }
      for (const [oldest, at] of lastChange) {
        if (lastChange.size <= maxNames) break
        lastChange.delete(oldest)
        floor = Math.max(floor, at)
      }
    },

    /** Anything may have changed. */
    recordAll() {
      position += 1
      floor = position
      lastChange.clear()
    },

    /** Whether one of these changed after the position; null stands for everything. */
    hasChanged(names: readonly string[] | null, since: number): boolean {
      if (since === position) return false
      if (names === null || since < floor) return true
      return names.some((name) => (lastChange.get(name) ?? 0) > since)
    },
  }
}
