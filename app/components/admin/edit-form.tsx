import { Form, type FormProps, type ShouldRevalidateFunction, useNavigation } from '@remix-run/react'
import { createContext, useCallback, useContext, useEffect, useId, useRef, useState } from 'react'
import { hasUnsavedChanges } from './unsaved-changes.ts'
import { UnsavedContext } from './unsaved-guard.tsx'

const EditContext = createContext({ isUnsaved: false, isSaving: false, discard: () => {} })

/**
 * A form that edits something. With JavaScript, leaving the page with unsaved changes asks first, SaveBar shows them,
 * a second click on Save sends nothing, and after a save the fields show what was saved. `answer` is the action's
 * refusal: what was typed is unsaved then.
 */
export function EditForm({ answer, children, onSubmit, ...props }: FormProps & { answer?: object }) {
  const id = useId()
  const { report, isAsking } = useContext(UnsavedContext)
  const form = useRef<HTMLFormElement>(null)
  const isSent = useRef(false)
  const [isUnsaved, setUnsaved] = useState(false)
  // Another key renders the fields again, with the values that the page was loaded with.
  const [round, setRound] = useState(0)
  const { state } = useNavigation()
  const isSaving = isSent.current && state !== 'idle'

  const compare = useCallback(() => {
    setUnsaved(form.current !== null && (Boolean(answer) || hasUnsavedChanges(form.current)))
  }, [answer])
  useEffect(compare, [compare, round])
  useEffect(() => {
    // The router holds the form back until the question about another form is answered.
    if (isAsking) isSent.current = false
    report(id, isUnsaved && !isSent.current)
    return () => report(id, false)
  }, [report, id, isUnsaved, isAsking, state])
  useEffect(() => {
    if (state !== 'idle' || !isSent.current) return
    isSent.current = false
    report(id, Boolean(answer))
    if (!answer) setRound((before) => before + 1)
  }, [state, answer, report, id])

  function discard() {
    report(id, false)
    // A refused form shows what was typed; only a new request shows what is stored.
    if (answer) location.assign(location.pathname + location.search)
    else setRound((before) => before + 1)
  }

  return (
    <EditContext.Provider value={{ isUnsaved, isSaving, discard }}>
      <Form
        {...props}
        key={round}
        ref={form}
        aria-busy={isSaving}
        onInput={compare}
        onChange={compare}
        onSubmit={(event) => {
          if (isSent.current) return event.preventDefault()
          onSubmit?.(event)
          isSent.current = !event.defaultPrevented
          if (isSent.current) report(id, false)
        }}
      >
        {children}
      </Form>
    </EditContext.Provider>
  )
}

/**
 * The bar at the bottom of a long form: its buttons, the one that saves first, and with unsaved changes a note and
 * "Discard".
 */
export function SaveBar({ note, children }: { note?: React.ReactNode; children: React.ReactNode }) {
  const { isUnsaved, isSaving, discard } = useContext(EditContext)
  return (
    <div className={isUnsaved ? 'save-bar save-bar--unsaved' : 'save-bar'}>
      {children}
      {isUnsaved && !isSaving && (
        <button className="button button--quiet" type="button" onClick={discard}>
          Discard
        </button>
      )}
      <p className="save-bar__status" role="status">
        {isSaving ? 'Saving…' : isUnsaved && 'Unsaved changes'}
      </p>
      {note && <p className="save-bar__note">{note}</p>}
    </div>
  )
}

/**
 * For routes with a form: what was typed stays. Only a form that was sent to the page, or another address, loads the
 * values again; events and other forms do not.
 */
export const revalidateForm: ShouldRevalidateFunction = (of) => {
  const { formAction, currentUrl, nextUrl, defaultShouldRevalidate } = of
  const isSame = currentUrl.pathname === nextUrl.pathname && currentUrl.search === nextUrl.search
  if (formAction)
    return defaultShouldRevalidate && new URL(formAction, currentUrl).pathname === currentUrl.pathname
  return !isSame && defaultShouldRevalidate
}
