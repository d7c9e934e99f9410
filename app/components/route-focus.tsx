import { useLocation } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { focusHeading } from './focus-heading.ts'

/**
 * With JavaScript, navigation does not reload the document: this moves the focus to the new heading and announces the
 * new title, as a reload would.
 */
export function RouteFocus() {
  const { pathname, hash } = useLocation()
  const before = useRef(pathname)
  const [title, setTitle] = useState('')
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    setTitle(document.title)
    if (hash || document.querySelector('dialog[open]')) return
    focusHeading(document.querySelector('main'), 'h1')
  }, [pathname, hash])
  return (
    <p className="visually-hidden" aria-live="polite">
      {title}
    </p>
  )
}
