import { useEffect, useState } from 'react'

/** Prints the page. Only with JavaScript; without it a hint says how. */
export function PrintButton() {
  const [isReady, setIsReady] = useState(false)
  useEffect(() => setIsReady(true), [])
  if (!isReady)
    return <p className="soft small">To print or save as PDF, use your browser’s Print command.</p>
  return (
    <button type="button" className="button button--primary" onClick={() => print()}>
      Print
    </button>
  )
}
