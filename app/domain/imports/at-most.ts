/** Runs what it is given, at most `limit` at a time; the others wait in order. */
export function atMost(limit: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      // A waiting one takes over the place.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
