import { useEffect, useRef } from 'react'
import type { FormFields } from './form-fields.ts'

/**
 * The errors of a form at its top: that of the form as a whole, then each field's with a link to it. Takes the focus
 * when it appears and marks the page title.
 */
export function ErrorSummary({ form: { answer, idOf } }: { form: FormFields }) {
  const box = useRef<HTMLDivElement>(null)
  const fields = Object.entries(answer?.errors ?? {}).flatMap(([name, messages]) =>
    messages?.[0] ? [{ id: idOf(name), text: messages[0] }] : [],
  )
  const count = fields.length + (answer?.problem ? 1 : 0)
  useEffect(() => {
    if (!box.current) return
    box.current.focus()
    if (!document.title.startsWith('Error: ')) document.title = `Error: ${document.title}`
  }, [answer])
  if (count === 0) return null
  return (
    <div ref={box} className="notice notice--error error-summary" role="alert" tabIndex={-1} autoFocus>
      <h2>{count === 1 ? 'There is a problem' : `${count} problems to fix`}</h2>
      <ul>
        {answer?.problem && <li>{answer.problem}</li>}
        {fields.map(({ id, text }) => (
          <li key={id}>
            <a href={`#${id}`} onClick={(event) => focusField(event, id)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Instead of the link: to the router it is another page, and the errors would be gone. */
function focusField(event: React.MouseEvent, id: string) {
  const field = document.getElementById(id)
  if (!field) return
  event.preventDefault()
  const fold = field.closest('details')
  if (fold) fold.open = true
  field.focus()
}
