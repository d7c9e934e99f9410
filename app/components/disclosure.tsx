import { useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'

/**
 * A menu that opens below its button. With script it closes on Escape, on a click elsewhere, when the focus leaves it,
 * and on the next page.
 */
export function Disclosure({
  className,
  summary,
  children,
}: {
  className: string
  summary: React.ReactNode
  children: React.ReactNode
}) {
  const details = useRef<HTMLDetailsElement>(null)
  const { key } = useLocation()
  useEffect(() => {
    const close = (event: Event) => {
      const menu = details.current
      if (!menu?.open) return
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape'
      if (isEscape) menu.querySelector('summary')?.focus()
      if (isEscape || (event.type !== 'keydown' && !menu.contains(event.target as Node))) menu.open = false
    }
    const kinds = ['click', 'focusin', 'keydown']
    for (const kind of kinds) document.addEventListener(kind, close)
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, close)
    }
  }, [])
  return (
    <details className={className} key={key} ref={details}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
