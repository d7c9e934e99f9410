/**
 * Concurrent calls of `run` with the same key share the promise of the first one's `work`; the next call after it has
 * ended works again, so nothing is cached.
 */
export function singleFlight<T>() {
  const running = new Map<string, Promise<T>>()
  return {
    isRunning: (key: string) => running.has(key),

    run(key: string, work: () => Promise<T>): Promise<T> {
      const shared = running.get(key)
      if (shared) return shared
      const own = work().finally(() => running.delete(key))
      running.set(key, own)
      return own
    },
  }
}
