import { useEffect, useRef } from 'react'

/** All errors of a form at its top, each a link to its field; takes the focus when it appears. */
export function ErrorSummary({ errors }: { errors: Record<string, string[] | null | undefined> }) {
  const box = useRef<HTMLDivElement>(null)
  const list = Object.entries(errors).flatMap(([field, messages]) =>
    messages?.[0] ? [{ field, text: messages[0] }] : [],
  )
  useEffect(() => {
    if (!box.current) return
    box.current.focus()
    if (!document.title.startsWith('Error: ')) document.title = `Error: ${document.title}`
  }, [errors])
  if (list.length === 0) return null
  return (
    <div ref={box} className="notice notice--error" role="alert" tabIndex={-1} autoFocus>
      <h2>{list.length === 1 ? 'There is a problem' : `${list.length} problems to fix`}</h2>
      <ul>
        {list.map(({ field, text }) => (
          <li key={field}>
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
