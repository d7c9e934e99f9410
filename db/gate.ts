/**
 * Lets at most `size` pieces of work run at once; the others wait their turn, but not longer than
 * `deadlineMs`: then they fail with the code POOL_BUSY, so that a full pool answers 503 instead of hanging.
 */
export function createGate(size: number, deadlineMs: number) {
  let busy = 0
  const waiting = new Set<() => void>()

  function turn() {
    if (busy < size) {
      busy++
      return
    }
    return new Promise<void>((resolve, reject) => {
      const go = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.delete(go)
        reject(Object.assign(new Error('No database connection became free in time'), { code: 'POOL_BUSY' }))
      }, deadlineMs)
      waiting.add(go)
    })
  }

  /** The place is handed to the longest waiting one, so nobody can overtake. */
  function leave() {
    const [next] = waiting
    if (!next) return void busy--
    waiting.delete(next)
    next()
  }

  async function run<T>(work: () => Promise<T>): Promise<T> {
    await turn()
    try {
      return await work()
    } finally {
      leave()
    }
  }
  return Object.assign(run, { state: () => ({ busy, waiting: waiting.size }) })
}
