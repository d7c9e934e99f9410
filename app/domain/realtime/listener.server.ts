import { randomUUID } from 'node:crypto'
import postgres from 'postgres'

/** The one channel that all announcements come through. */
const channel = 'till'

/** postgres.js listens again by itself after a lost connection, but does not notice a frozen one. */
const echoEveryMs = 2_000
const silenceMs = 5_000

let version = 0
let isListening = false
let current: { stop(): Promise<void> } | undefined

/**
 * A number that changes with each change of what shoppers read (products, prices, stock labels, collections,
 * pictures, settings), once per commit. Null while this process does not hear of changes: then nothing that
 * was made earlier may be shown.
 */
export function catalogVersion(): number | null {
  return isListening ? version : null
}

/**
 * Starts to listen, on a connection of its own. Every few seconds it sends itself an echo through the
 * database; without the echo the connection is replaced and, until then, counts as lost.
 */
export async function startListening(databaseUrl: string): Promise<void> {
  let heardAt = Date.now()
  let sql = open()
  await listen()
  const pulse = setInterval(() => void check(), echoEveryMs)
  current = {
    async stop() {
      clearInterval(pulse)
      isListening = false
      await sql.end({ timeout: 1 })
    },
  }

  function open() {
    return postgres(databaseUrl, {
      max: 2,
      fetch_types: false,
      connect_timeout: 5,
      idle_timeout: 0,
      max_lifetime: null,
      backoff: (attempt) => Math.min(0.05 * 2 ** attempt, 0.5),
      onnotice: () => {},
      connection: { application_name: 'till-listener', statement_timeout: 2_000 },
    })
  }

  /** What was announced while nobody listened is unknown, so each new start counts as a change. */
  async function listen() {
    await sql.listen(channel, hear, () => {
      version += 1
      heardAt = Date.now()
      isListening = true
    })
  }

  function hear(payload: string) {
    heardAt = Date.now()
    if (payload.startsWith('{"topic":"catalog"')) version += 1
    isListening = true
  }

  async function check() {
    if (Date.now() - heardAt > silenceMs) {
      isListening = false
      const silent = sql
      sql = open()
      heardAt = Date.now()
      void silent.end({ timeout: 0 })
      await listen().catch(() => {})
      return
    }
    await sql.notify(channel, `{"topic":"echo","id":"${randomUUID()}"}`).catch(() => {
      isListening = false
    })
  }
}

export async function stopListening(): Promise<void> {
  await current?.stop()
  current = undefined
}
