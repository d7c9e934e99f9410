export type SemaphoreOptions = {
  /** How many may wait at once; further calls fail immediately. Unlimited when left out. */
  maxWaiting?: number
  /** The error for calls that wait too long, or find too many waiting. */
  busy?: { code: string; message: string }
}

const poolBusy = { code: 'POOL_BUSY', message: 'Timed out waiting for a database connection' }

/**
 * A semaphore: at most `size` calls run at once; the others wait in order, but not longer than `deadlineMs`: then they
 * fail with the code POOL_BUSY, or the given one, so that a full pool answers 503 instead of hanging.
 */
export function createSemaphore(size: number, deadlineMs: number, options: SemaphoreOptions = {}) {
  const { maxWaiting = Infinity, busy: refusal = poolBusy } = options
  let busy = 0
  const waiting = new Set<() => void>()

  function turn() {
    if (busy < size) {
      busy++
      return
    }
    if (waiting.size >= maxWaiting) throw refused()
    return new Promise<void>((resolve, reject) => {
      const go = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.delete(go)
        reject(refused())
      }, deadlineMs)
      waiting.add(go)
    })
  }

  const refused = () => Object.assign(new Error(refusal.message), { code: refusal.code })

  /** The permit is passed to the longest waiting call, so none can overtake. */
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
