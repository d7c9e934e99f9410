/**
 * The event stream of this browser, shared by its tabs: a Web Lock elects the tab that holds it, a BroadcastChannel
 * carries the events to the others, and the visible tab takes it over. Loaded once the page is idle.
 */
import { parseGrant } from './grant.ts'
import type { LiveEvent } from './reactions.ts'

const silenceMs = 45_000
/** The end of a grant's signature, which identifies it (app/domain/realtime/grant.server.ts). */
const signatureLength = 32
/** The server refuses URLs of more than 8 KB. */
const maxQueryLength = 7_000
const types = ['hello', 'message', 'heartbeat', 'resync', 'close'] as const

type TabMessage = {
  from: string
  /** The grants of this tab; empty when it closes. */
  grants?: string[]
  /** A new holder asks for the grants of all tabs. */
  requestsGrants?: boolean
  event?: LiveEvent
  /** The grants that the stream now covers. */
  covered?: string[]
}

export function openStream(onLiveEvent: (event: LiveEvent) => void) {
  const tabId = Math.random().toString(36).slice(2)
  // Without Web Locks (plain http on another host) each tab has its own stream.
  const channel = navigator.locks ? new BroadcastChannel('till-live') : null
  /** By tab, the one that sent its grants last at the end. */
  const grantsByTab = new Map<string, string[]>()
  let covered = new Set<string>()
  /** Everything covered was received up to this position. */
  let after = ''
  let source: EventSource | undefined
  /** The grants of the open stream, once it has sent `hello`. */
  let subscribed = new Set<string>()
  /** Signature ends of grants that are no longer valid. */
  const stale = new Set<string>()
  let isHolder = false
  let releaseLock = () => {}
  let waiting = new AbortController()
  let failures = 0
  let notBefore = 0
  let opening: number | undefined
  let watchdog: number | undefined

  const post = (message: Omit<TabMessage, 'from'>) => channel?.postMessage({ ...message, from: tabId })
  const myGrants = () => grantsByTab.get(tabId) ?? []

  function onTabMessage({ data }: MessageEvent<TabMessage>) {
    const { from, grants, requestsGrants, event, covered: newlyCovered } = data
    if (grants) {
      grantsByTab.delete(from)
      if (grants.length > 0) grantsByTab.set(from, grants)
      const session = Math.max(0, ...grants.map((text) => parseGrant(text).session))
      if (session > 0) onLiveEvent({ type: 'session', id: '', session })
      update()
    }
    if (requestsGrants) post({ grants: myGrants() })
    if (event) receive(event)
    if (newlyCovered) covered = new Set(newlyCovered)
  }

  function receive(event: LiveEvent) {
    after = event.id || after
    for (const end of event.stale ?? []) stale.add(end)
    onLiveEvent(event)
  }

  function broadcast(event: LiveEvent) {
    post({ event })
    receive(event)
  }

  /** The grants of this tab first, then those of the tab that sent its own last. */
  function allGrants() {
    const all = new Set([...myGrants(), ...[...grantsByTab.values()].reverse().flat()])
    return [...all].filter((text) => !stale.has(text.slice(-signatureLength)))
  }

  /** Whether the stream covers all grants; if not, it is reopened. */
  function update() {
    if (!isHolder) return
    const topics = allGrants().flatMap(topicsOfGrant)
    if (topics.length === 0) close()
    else if (!source || topics.some((topic) => !subscribed.has(topic))) openIn(50)
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
    subscribed = new Set()
    for (const text of allGrants()) {
      const parameter = `&${topicsOfGrant(text).every((topic) => covered.has(topic)) ? 'subscribed' : 'grant'}=${text}`
      if (query.length + parameter.length > maxQueryLength) continue
      query += parameter
      for (const topic of topicsOfGrant(text)) subscribed.add(topic)
    }
    if (subscribed.size === 0) return
    source = new EventSource(`/events?${query}`)
    for (const type of types)
      source.addEventListener(type, (event: MessageEvent<string>) => onEvent(type, event))
    source.onerror = () => reconnect(1_000 * 2 ** Math.min(failures, 5))
    resetWatchdog()
  }

  function onEvent(type: LiveEvent['type'], { data, lastEventId }: MessageEvent<string>) {
    resetWatchdog()
    const event = { ...(JSON.parse(data) as LiveEvent), type, id: lastEventId }
    broadcast(event)
    if (type === 'close') reconnect(event.retry ?? 1_000)
    if (type !== 'hello') return
    failures = 0
    if (event.stale?.length) subscribed = new Set(allGrants().flatMap(topicsOfGrant))
    covered = subscribed
    post({ covered: [...covered] })
  }

  /** Random, so that browsers do not all reconnect at once. */
  function reconnect(ms: number) {
    close()
    failures += 1
    notBefore = Date.now() + ms * (0.5 + Math.random())
    openIn(0)
  }

  function resetWatchdog() {
    clearTimeout(watchdog)
    watchdog = window.setTimeout(open, silenceMs)
  }

  /** Waits for the lock, or takes it from the tab that has it. */
  function acquireLock(steal: boolean) {
    waiting.abort()
    waiting = new AbortController()
    const { signal } = waiting
    navigator.locks
      .request('till-live', steal ? { steal } : { signal }, () => {
        isHolder = true
        post({ requestsGrants: true })
        update()
        return new Promise<void>((resolve) => (releaseLock = resolve))
      })
      .catch(() => {
        isHolder = false
        close()
        if (!signal.aborted) acquireLock(false)
      })
  }

  function start() {
    if (channel) return acquireLock(document.visibilityState === 'visible')
    isHolder = true
    update()
  }

  channel?.addEventListener('message', onTabMessage)
  addEventListener('online', () => {
    notBefore = 0
    openIn(Math.random() * 500)
  })
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    post({ grants: myGrants() })
    start()
  })
  addEventListener('pagehide', () => {
    post({ grants: [] })
    isHolder = false
    close()
    releaseLock()
    waiting.abort()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && !isHolder && channel) acquireLock(true)
  })
  start()

  return {
    /** Sends the grants of the pages in this tab. */
    setGrants(grants: string[]) {
      grantsByTab.delete(tabId)
      if (grants.length > 0) grantsByTab.set(tabId, grants)
      post({ grants })
      update()
    },
  }
}

function topicsOfGrant(text: string): string[] {
  const { topics, session } = parseGrant(text)
  return session > 0 ? [...topics.keys(), `session:${session}`] : [...topics.keys()]
}
