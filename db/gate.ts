export type GateOptions = {
  /** How many may wait at once; whoever comes then fails without waiting. No bound when left out. */
  maxWaiting?: number
  /** What those fail with who wait too long, or find too many waiting. */
  busy?: { code: string; message: string }
}

const poolBusy = { code: 'POOL_BUSY', message: 'No database connection became free in time' }

/**
 * A semaphore: at most `size` pieces of work run at once; the others wait their turn, but not longer than
 * `deadlineMs`: then they fail with the code POOL_BUSY, or the one given, so that a full pool answers 503 instead of
 * hanging.
 */
export function createGate(size: number, deadlineMs: number, options: GateOptions = {}) {
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
