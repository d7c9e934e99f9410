import { useFetchers, useMatches, useNavigation, useRevalidator } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { readPersonal } from '#app/domain/cart/personal.ts'
import { dropOldOverrides, applyOverrides } from './live-overrides.ts'
import { decideReaction, jitterMs, type LiveEvent, type Reaction } from './reactions.ts'
import { revalidateFor } from './revalidate-on.ts'
import { useUserActivity } from './use-user-activity.ts'

/** Related events cause one revalidation, at most once a second. */
const gatherMs = 60
const restMs = 1_000
/** A tab that signs itself out leaves its page anyway. */
const endMs = 400

/**
 * Keeps the pages of this tab up to date: collects the grants of their loaders (`live` in their data), subscribes, and
 * revalidates what an event concerns. Optional: without it a page is as current as when it was loaded. Rendered once,
 * in the root.
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
  const [, setEventCount] = useState(0)
  const setGrants = useStream((event) => {
    if (
      event.type === 'heartbeat' ||
      (event.type === 'hello' && !event.stale?.length) ||
      applyOverrides(event)
    )
      return
    const { due, last } = times.current
    const soon = Math.max(
      Date.now() + (event.reason === 'ended' ? endMs : gatherMs) + Math.random() * jitterMs(event),
      last + restMs,
    )
    times.current.due = waiting.current.length > 0 ? Math.min(due, soon) : soon
    waiting.current.push(event)
    setEventCount((count) => count + 1)
  })

  useEffect(() => {
    const grants = key.split(' ').filter(Boolean)
    setGrants(grants)
    dropOldOverrides(grants)
  }, [key, setGrants])

  const isActive = useUserActivity(() => setEventCount((count) => count + 1))

  // After every render, so that events received while the page was busy are judged against the page as it is
  // afterwards.
  useEffect(() => {
    if (isBusy || waiting.current.length === 0) return
    const timer = setTimeout(react, times.current.due - Date.now())
    return () => clearTimeout(timer)
  })

  function react() {
    const grants = key.split(' ').filter(Boolean)
    const decided = waiting.current.map((event) => ({ event, reaction: decideReaction(event, grants) }))
    const includes = (wanted: Reaction) => decided.some(({ reaction }) => reaction === wanted)
    if (includes('hard-reload')) return location.reload()
    // A hidden or idle tab revalidates when the user returns.
    if (!isActive()) return
    waiting.current = []
    times.current.last = Date.now()
    if (includes('reload-all')) return revalidate()
    const relevant = decided.filter(({ reaction }) => reaction === 'reload-data')
    if (relevant.length > 0)
      revalidateFor(
        relevant.map(({ event }) => event.topic ?? '*'),
        revalidate,
      )
  }

  return null
}

/** The grant of a loader: in its data, or in the personal data of the page. */
function grantsIn(data: unknown): string[] {
  const { live, personal } = (data ?? {}) as { live?: string; personal?: string }
  return [live, personal && readPersonal(personal).live].filter((grant) => grant !== undefined)
}

/**
 * Opens the browser's stream once the page is idle and has a grant. `onEvent` may change between renders; the returned
 * function is stable.
 */
function useStream(onEvent: (event: LiveEvent) => void): (grants: string[]) => void {
  const handler = useRef(onEvent)
  handler.current = onEvent
  const [setGrants] = useState(() => {
    let current: string[] = []
    let stream: Promise<{ setGrants(grants: string[]): void }> | undefined
    const open = async () => {
      await new Promise<void>((resolve) => whenIdle(resolve))
      const { openStream } = await import('./stream.ts')
      return openStream((event) => handler.current(event))
    }
    return (grants: string[]) => {
      current = grants
      if (grants.length > 0) stream ??= open()
      stream?.then((opened) => opened.setGrants(current)).catch(() => {})
    }
  })
  return setGrants
}

function whenIdle(go: () => void) {
  // Safari has no requestIdleCallback.
  if ('requestIdleCallback' in window) requestIdleCallback(go, { timeout: 2_000 })
  else setTimeout(go, 200)
}
