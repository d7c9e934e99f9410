import { useFetchers, useMatches, useNavigation, useRevalidator } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { readPersonal } from '#app/domain/cart/personal.ts'
import { dropOldFacts, keepFacts } from './facts.ts'
import { type LiveEvent, reactionTo, spreadOf } from './news.ts'
import { reloadAbout } from './reloads-on.ts'
import { useAttention } from './use-attention.ts'

/** What belongs together is read together, and no page reads anew more often than once a second. */
const gatherMs = 60
const restMs = 1_000
/** A tab that signs itself out leaves its page by itself. */
const endMs = 400

/**
 * Keeps the pages of this tab true while they are open: collects what their loaders grant (`live` in their data),
 * listens, and reads anew what an event concerns. Nothing depends on it: without it the page is as true as when it
 * was loaded. Once, in the root.
 */
export function Live() {
  const matches = useMatches()
  const { state, revalidate } = useRevalidator()
  const navigation = useNavigation()
  const fetchers = useFetchers()
  const isBusy = state !== 'idle' || navigation.state !== 'idle' || fetchers.length > 0
  const key = matches.flatMap(({ data }) => grantsIn(data)).join(' ')
  const waiting = useRef<LiveEvent[]>([])
  const times = useRef({ due: 0, last: 0 })
  const [, setHeard] = useState(0)
  const want = useStream((event) => {
    if (event.type === 'beat' || (event.type === 'hello' && !event.stale?.length) || keepFacts(event)) return
    const { due, last } = times.current
    const soon = Math.max(
      Date.now() + (event.reason === 'ended' ? endMs : gatherMs) + Math.random() * spreadOf(event),
      last + restMs,
    )
    times.current.due = waiting.current.length > 0 ? Math.min(due, soon) : soon
    waiting.current.push(event)
    setHeard((count) => count + 1)
  })

  useEffect(() => {
    const grants = key.split(' ').filter(Boolean)
    want(grants)
    dropOldFacts(grants)
  }, [key, want])

  const isAttended = useAttention(() => setHeard((count) => count + 1))

  // After every render, so that what was heard while the page was busy is judged by the page as it is afterwards.
  useEffect(() => {
    if (isBusy || waiting.current.length === 0) return
    const timer = setTimeout(react, times.current.due - Date.now())
    return () => clearTimeout(timer)
  })

  function react() {
    const grants = key.split(' ').filter(Boolean)
    const judged = waiting.current.map((event) => ({ event, reaction: reactionTo(event, grants) }))
    const isWorth = (wanted: string) => judged.some(({ reaction }) => reaction === wanted)
    if (isWorth('start-over')) return location.reload()
    // A tab that nobody looks at asks when somebody does.
    if (!isAttended()) return
    waiting.current = []
    times.current.last = Date.now()
    if (isWorth('reload-all')) return revalidate()
    const news = judged.filter(({ reaction }) => reaction === 'reload-data')
    if (news.length > 0)
      reloadAbout(
        news.map(({ event }) => event.topic ?? '*'),
        revalidate,
      )
  }

  return null
}

/** What a loader grants: beside its data, or in what is one person's own. */
function grantsIn(data: unknown): string[] {
  const { live, personal } = (data ?? {}) as { live?: string; personal?: string }
  return [live, personal && readPersonal(personal).live].filter((grant) => grant !== undefined)
}

/**
 * Opens the browser's stream once the page is at rest and has something to listen to. `hear` may be another each
 * time; the function that comes back is always the same.
 */
function useStream(hear: (event: LiveEvent) => void): (grants: string[]) => void {
  const hearing = useRef(hear)
  hearing.current = hear
  const [want] = useState(() => {
    let wanted: string[] = []
    let stream: Promise<{ want(grants: string[]): void }> | undefined
    const open = async () => {
      await new Promise<void>((resolve) => whenIdle(resolve))
      const { openStream } = await import('./stream.ts')
      return openStream((event) => hearing.current(event))
    }
    return (grants: string[]) => {
      wanted = grants
      if (grants.length > 0) stream ??= open()
      stream?.then((opened) => opened.want(wanted)).catch(() => {})
    }
  })
  return want
}

function whenIdle(go: () => void) {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(go, { timeout: 2_000 })
  else setTimeout(go, 200)
}
