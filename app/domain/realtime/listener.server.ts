import postgres from 'postgres'
import { createChangeLog } from './changes.ts'
import { productFacts, setName } from './dependencies.ts'
import { hub } from './the-hub.ts'
import { topics } from './topics.ts'

/** The one channel that all announcements come through. */
const channel = 'till'

/**
 * postgres.js listens again by itself after a lost connection, but does not notice a frozen one. So the process
 * sends itself an echo: with two of them out, what it keeps is not believed any more, with ten the connection is
 * replaced. Counted in echoes and not by the clock, for a busy process reads its echo late, but before it sends
 * the next one.
 */
const echoEveryMs = 500
const doubtfulEchoes = 2
const lostEchoes = 10
const echo = '{"topic":"echo"}'

/** As many names as a large catalog has products; about a hundred bytes each. */
const changes = createChangeLog({ maxNames: 50_000 })
let isListening = false
let current: { stop(): Promise<void> } | undefined

/**
 * Where the changes of what shoppers read stand: taken before something is made that will be cached. Null while this
 * process does not hear of changes: then nothing that was made earlier may be shown. A connection that hangs is
 * noticed within 1.5 s.
 */
export function changePosition(): number | null {
  return isListening ? changes.position() : null
}

/**
 * Whether one of these changed after the position: products, carts, users and sessions by their topics, and what
 * dependencies.ts names. Null stands for anything. True while changes are not heard of.
 */
export function hasChangedSince(position: number, names: readonly string[] | null): boolean {
  return !isListening || changes.hasChanged(names, position)
}

/** Hands every announcement to the hub, on a connection of its own, until `stopListening`. */
export async function startListening(databaseUrl: string): Promise<void> {
  /** Echoes sent since something was heard last. */
  let out = 0
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
      connection: {
        application_name: 'till-listener',
        statement_timeout: 2_000,
        // An echo leaves nothing behind that a disk would have to keep.
        synchronous_commit: 'off',
      },
    })
  }

  /** What was announced while nobody listened is unknown, so each new start counts as a change of everything. */
  async function listen() {
    await sql.listen(channel, hear, () => {
      changes.recordAll()
      out = 0
      isListening = true
      hub.resync()
    })
  }

  function hear(payload: string) {
    out = 0
    isListening = true
    if (payload !== echo) announce(payload)
  }

  async function check() {
    out += 1
    if (out > doubtfulEchoes) isListening = false
    if (out > lostEchoes) {
      const silent = sql
      sql = open()
      out = 0
      void silent.end({ timeout: 0 })
      await listen().catch(() => {})
      return
    }
    await sql.notify(channel, echo).catch(() => {
      isListening = false
    })
  }
}

type Heard = { topic?: string; kind?: string; ids?: number[]; keys?: string[] }

/** What is cached learns of a change before pages do, so that none of them reads the old answer anew. */
function announce(text: string) {
  const heard = parse(text)
  const { topic, kind = '', ids = [], keys = [] } = heard
  if (topic === undefined) return
  switch (topic) {
    case 'everything':
      changes.recordAll()
      return hub.resync()
    case 'session':
      changes.record(ids.map(topics.session))
      return ids.forEach((id) => hub.publish({ topic: topics.session(id), kind, payload: text }))
    case 'carts':
      return changes.record(keys)
    case topics.catalog:
      // That there are many for open pages is said besides which they are.
      if (kind === 'many') return hub.publish({ topic, kind, payload: JSON.stringify(heard) })
      if (kind === 'products') return changes.record([...ids.map(topics.product), productFacts])
      if (kind === 'lists') return changes.record(keys.map(setName))
      return changes.recordAll()
  }
  changes.record(topic.startsWith('product:') ? [topic, productFacts] : [topic])
  hub.publish({ topic, kind, payload: JSON.stringify(heard) })
}

/** Anybody with a way into the database can notify the channel with anything. */
function parse(text: string): Heard {
  try {
    return (JSON.parse(text) ?? {}) as Heard
  } catch {
    return {}
  }
}

export async function stopListening(): Promise<void> {
  await current?.stop()
  current = undefined
}
