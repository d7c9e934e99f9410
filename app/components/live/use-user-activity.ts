import { useEffect, useRef } from 'react'

/** How long after the user's last input a page stays live: revalidating it keeps the session from expiring. */
const activeMs = 10 * 60_000

const activityEvents = ['pointermove', 'pointerdown', 'keydown', 'scroll']

/** Whether the tab is visible and the user was active lately; `onReturn` is called when they become active again. */
export function useUserActivity(onReturn: () => void): () => boolean {
  const lastActiveAt = useRef(0)
  const callback = useRef(onReturn)
  callback.current = onReturn
  const isActive = () =>
    document.visibilityState === 'visible' && Date.now() - lastActiveAt.current < activeMs
  useEffect(() => {
    const onActivity = () => {
      const wasInactive = Date.now() - lastActiveAt.current >= activeMs
      lastActiveAt.current = Date.now()
      if (wasInactive) callback.current()
    }
    onActivity()
    const onVisibilityChange = () => callback.current()
    document.addEventListener('visibilitychange', onVisibilityChange)
    for (const kind of activityEvents) addEventListener(kind, onActivity, { passive: true })
    return () => {
      document.removeEventListener('visibilitychange', onVisibilityChange)
      for (const kind of activityEvents) removeEventListener(kind, onActivity)
    }
  }, [])
  return isActive
}
