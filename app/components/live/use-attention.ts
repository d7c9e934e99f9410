import { useEffect, useRef } from 'react'

/** So long after somebody's last touch a page stays live: reading it anew keeps a session awake. */
const attendedMs = 10 * 60_000

const touches = ['pointermove', 'pointerdown', 'keydown', 'scroll']

/** Whether somebody looks at this tab and touched it lately; `onReturn` is called when they do again. */
export function useAttention(onReturn: () => void): () => boolean {
  const touchedAt = useRef(0)
  const returning = useRef(onReturn)
  returning.current = onReturn
  const isAttended = () =>
    document.visibilityState === 'visible' && Date.now() - touchedAt.current < attendedMs
  useEffect(() => {
    const touch = () => {
      const isBack = Date.now() - touchedAt.current >= attendedMs
      touchedAt.current = Date.now()
      if (isBack) returning.current()
    }
    touch()
    const look = () => returning.current()
    document.addEventListener('visibilitychange', look)
    for (const kind of touches) addEventListener(kind, touch, { passive: true })
    return () => {
      document.removeEventListener('visibilitychange', look)
      for (const kind of touches) removeEventListener(kind, touch)
    }
  }, [])
  return isAttended
}
