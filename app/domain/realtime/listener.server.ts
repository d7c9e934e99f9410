import postgres from 'postgres'
import { createChangeLog } from './changes.ts'
import { productFacts, setName } from './dependencies.ts'
import { hub } from './hub-instance.ts'
import { topics } from './topics.ts'

/** The one channel of all announcements. */
const channel = 'till'

/**
 * postgres.js listens again after a lost connection, but does not notice a hanging one. So the process sends itself an
 * echo: with more than two unanswered, its caches are not trusted any more; with more than ten, the connection is
 * replaced. Counted in echoes and not by the clock, because a busy process reads its echo late, but before it sends the
 * next one.
 */
const echoEveryMs = 500
const maxUnansweredEchoes = 2
const maxEchoesBeforeReconnect = 10
const echo = '{"topic":"echo"}'

/** As many names as a large catalog has products; about a hundred bytes each. */
const changes = createChangeLog({ maxNames: 50_000 })
let isListening = false
let current: { stop(): Promise<void> } | undefined

/**
 * The position of catalog changes: taken before something is read that will be cached. Null while this process does not
 * receive changes: no cached data may be used then. A hanging connection is detected within 1.5 s.
 */
export function changePosition(): number | null {
  return isListening ? changes.position() : null
}

/**
 * Whether one of these changed after the position: products, carts, users and sessions by their topics, and the names
 * of dependencies.ts. Null stands for everything. True while this process does not receive changes.
 */
export function hasChangedSince(position: number, names: readonly string[] | null): boolean {
  return !isListening || changes.hasChanged(names, position)
}

/** Records a change that only this process knows of: what it has cached is newer than what was rendered from it. */
export function recordChange(name: string): void {
  changes.record([name])
}

/** Publishes every announcement to the hub, received on its own connection, until `stopListening`. */
export async function startListening(databaseUrl: string): Promise<void> {
  /** Echoes sent since the last announcement was received. */
  let out = 0
  let sql = open()
  await listen()
  const heartbeat = setInterval(() => void check(), echoEveryMs)
  current = {
    async stop() {
      clearInterval(heartbeat)
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
        // An echo writes nothing that must be durable.
        synchronous_commit: 'off',
      },
    })
  }

  /** Announcements made while not listening are unknown, so each new start counts as a change of everything. */
  async function listen() {
    await sql.listen(channel, receive, () => {
      changes.recordAll()
      out = 0
      isListening = true
      hub.resync()
    })
  }

  function receive(payload: string) {
    out = 0
    isListening = true
    if (payload !== echo) announce(payload)
  }

  async function check() {
    out += 1
    if (out > maxUnansweredEchoes) isListening = false
    if (out > maxEchoesBeforeReconnect) {
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

type Announced = { topic?: string; kind?: string; ids?: number[]; keys?: string[] }

/** Invalidates caches before it notifies pages, so that no page reloads stale data. */
function announce(text: string) {
  const announcement = parse(text)
  const { topic, kind = '', ids = [], keys = [] } = announcement
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
      // "many" is for open pages; caches get the changed products in announcements of their own.
      if (kind === 'many') return hub.publish({ topic, kind, payload: JSON.stringify(announcement) })
      if (kind === 'products') return changes.record([...ids.map(topics.product), productFacts])
      if (kind === 'lists') return changes.record(keys.map(setName))
      return changes.recordAll()
  }
  changes.record(topic.startsWith('product:') ? [topic, productFacts] : [topic])
  hub.publish({ topic, kind, payload: JSON.stringify(announcement) })
}

/** Any database client can send anything on the channel. */
function parse(text: string): Announced {
  try {
    return (JSON.parse(text) ?? {}) as Announced
  } catch {
    return {}
  }
}

export async function stopListening(): Promise<void> {
  await current?.stop()
  current = undefined
}
