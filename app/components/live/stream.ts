/**
 * The one event stream of this browser, shared by its tabs: a lock says which tab holds it, a channel carries the
 * events to the others, and the tab that somebody looks at takes it over. Loaded once the page is at rest.
 */
import { readGranted } from './grant.ts'
import type { LiveEvent } from './news.ts'

const silenceMs = 45_000
/** How a grant ends (app/domain/realtime/grant.server.ts). */
const signatureLength = 32
/** The shop refuses addresses of more than 8 KB. */
const longestQuery = 7_000
const types = ['hello', 'message', 'beat', 'resync', 'bye'] as const

type Word = {
  from: string
  /** What this tab wants to hear; nothing when it goes. */
  grants?: string[]
  /** A new holder wants to know. */
  asks?: boolean
  event?: LiveEvent
  /** What the stream now hears, and so need not be told again. */
  covered?: string[]
}

export function openStream(hear: (event: LiveEvent) => void) {
  const me = Math.random().toString(36).slice(2)
  // Without locks (plain http on another machine) each tab has a stream of its own.
  const channel = navigator.locks ? new BroadcastChannel('till-live') : null
  /** By tab, the one that spoke last at the end. */
  const wanted = new Map<string, string[]>()
  let covered = new Set<string>()
  /** Everything covered was heard up to here. */
  let after = ''
  let source: EventSource | undefined
  /** What the open stream hears, once it has said hello. */
  let hearing = new Set<string>()
  /** Ends of grants that are worth nothing any more. */
  const stale = new Set<string>()
  let isHolder = false
  let letGo = () => {}
  let waiting = new AbortController()
  let failures = 0
  let notBefore = 0
  let opening: number | undefined
  let watchdog: number | undefined

  const tell = (word: Omit<Word, 'from'>) => channel?.postMessage({ ...word, from: me })
  const myGrants = () => wanted.get(me) ?? []

  function listenToTabs({ data }: MessageEvent<Word>) {
    const { from, grants, asks, event, covered: now } = data
    if (grants) {
      wanted.delete(from)
      if (grants.length > 0) wanted.set(from, grants)
      const session = Math.max(0, ...grants.map((text) => readGranted(text).session))
      if (session > 0) hear({ type: 'session', id: '', session })
      look()
    }
    if (asks) tell({ grants: myGrants() })
    if (event) take(event)
    if (now) covered = new Set(now)
  }

  function take(event: LiveEvent) {
    after = event.id || after
    for (const end of event.stale ?? []) stale.add(end)
    hear(event)
  }

  function pass(event: LiveEvent) {
    tell({ event })
    take(event)
  }

  /** Those of this tab first, then of the tab that spoke last. */
  function grantsOfAll() {
    const all = new Set([...myGrants(), ...[...wanted.values()].reverse().flat()])
    return [...all].filter((text) => !stale.has(text.slice(-signatureLength)))
  }

  /** Whether the stream hears all that is wanted; if not, it is opened anew. */
  function look() {
    if (!isHolder) return
    const topics = grantsOfAll().flatMap(topicsOf)
    if (topics.length === 0) close()
    else if (!source || topics.some((topic) => !hearing.has(topic))) openIn(50)
  }

  function openIn(ms: number) {
    clearTimeout(opening)
    opening = window.setTimeout(open, Math.max(ms, notBefore - Date.now()))
  }

  function close() {
    clearTimeout(opening)
    clearTimeout(watchdog)
    source?.close()
    source = undefined
  }

  function open() {
    close()
    if (!isHolder) return
    let query = `after=${after}`
    hearing = new Set()
    for (const text of grantsOfAll()) {
      const part = `&${topicsOf(text).every((topic) => covered.has(topic)) ? 'heard' : 'grant'}=${text}`
      if (query.length + part.length > longestQuery) continue
      query += part
      for (const topic of topicsOf(text)) hearing.add(topic)
    }
    if (hearing.size === 0) return
    source = new EventSource(`/events?${query}`)
    for (const type of types) source.addEventListener(type, (event) => onEvent(type, event))
    source.onerror = () => again(1_000 * 2 ** Math.min(failures, 5))
    watch()
  }

  function onEvent(type: LiveEvent['type'], { data, lastEventId }: MessageEvent<string>) {
    watch()
    const event = { ...(JSON.parse(data) as LiveEvent), type, id: lastEventId }
    pass(event)
    if (type === 'bye') again(event.retry ?? 1_000)
    if (type !== 'hello') return
    failures = 0
    if (event.stale?.length) hearing = new Set(grantsOfAll().flatMap(topicsOf))
    covered = hearing
    tell({ covered: [...covered] })
  }

  /** At a time of its own, so that a crowd does not come back as one. */
  function again(ms: number) {
    close()
    failures += 1
    notBefore = Date.now() + ms * (0.5 + Math.random())
    openIn(0)
  }

  function watch() {
    clearTimeout(watchdog)
    watchdog = window.setTimeout(open, silenceMs)
  }

  /** Waits for the stream, or takes it from the tab that has it. */
  function hold(steal: boolean) {
    waiting.abort()
    waiting = new AbortController()
    const { signal } = waiting
    navigator.locks
      .request('till-live', steal ? { steal } : { signal }, () => {
        isHolder = true
        tell({ asks: true })
        look()
        return new Promise<void>((resolve) => (letGo = resolve))
      })
      .catch(() => {
        isHolder = false
        close()
        if (!signal.aborted) hold(false)
      })
  }

  function start() {
    if (channel) return hold(document.visibilityState === 'visible')
    isHolder = true
    look()
  }

  channel?.addEventListener('message', listenToTabs)
  addEventListener('online', () => {
    notBefore = 0
    openIn(Math.random() * 500)
  })
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    tell({ grants: myGrants() })
    start()
  })
  addEventListener('pagehide', () => {
    tell({ grants: [] })
    isHolder = false
    close()
    letGo()
    waiting.abort()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && !isHolder && channel) hold(true)
  })
  start()

  return {
    /** Says what this tab shows now. */
    want(grants: string[]) {
      wanted.delete(me)
      if (grants.length > 0) wanted.set(me, grants)
      tell({ grants })
      look()
    },
  }
}

function topicsOf(text: string): string[] {
  const { topics, session } = readGranted(text)
  return session > 0 ? [...topics.keys(), `session:${session}`] : [...topics.keys()]
}
