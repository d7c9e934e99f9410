import { useBlocker } from '@remix-run/react'
import { createContext, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'

type Report = (form: string, isUnsaved: boolean) => void

/** Reports that a form has unsaved changes, and whether the question about them is open. */
export const UnsavedContext = createContext<{ report: Report; isAsking: boolean }>({
  report: () => {},
  isAsking: false,
})

/**
 * Asks before a page with unsaved changes is left: a dialog for links and Back, the browser's own question for reload
 * and closing the tab. A router has one blocker, so this is rendered once, around the admin's pages.
 */
export function UnsavedGuard({ children }: { children: React.ReactNode }) {
  const unsaved = useRef(new Set<string>())
  const report = useCallback<Report>((form, isUnsaved) => {
    if (isUnsaved) unsaved.current.add(form)
    else unsaved.current.delete(form)
    if (unsaved.current.size > 0) addEventListener('beforeunload', ask)
    else removeEventListener('beforeunload', ask)
  }, [])
  useEffect(() => () => removeEventListener('beforeunload', ask), [])
  const blocker = useBlocker(
    useCallback<Exclude<Parameters<typeof useBlocker>[0], boolean>>(
      ({ currentLocation: from, nextLocation: to }) =>
        unsaved.current.size > 0 && (from.pathname !== to.pathname || from.search !== to.search),
      [],
    ),
  )
  const isAsking = blocker.state === 'blocked'
  const context = useMemo(() => ({ report, isAsking }), [report, isAsking])
  return (
    <UnsavedContext.Provider value={context}>
      {children}
      {isAsking && (
        <LeaveDialog
          stay={() => blocker.reset()}
          leave={() => {
            for (const form of [...unsaved.current]) report(form, false)
            blocker.proceed()
          }}
        />
      )}
    </UnsavedContext.Provider>
  )
}

function ask(event: BeforeUnloadEvent) {
  event.preventDefault()
}

function LeaveDialog({ stay, leave }: { stay: () => void; leave: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [opener] = useState(() => document.activeElement)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
    return () => {
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [opener])
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} onClose={stay}>
      <h2 id={id}>Leave without saving?</h2>
      <p>Your changes on this page will be lost.</p>
      <div className="row-of-actions">
        <button className="button button--primary" type="button" onClick={stay}>
          Stay on page
        </button>
        <button className="button button--danger" type="button" onClick={leave}>
          Leave without saving
        </button>
      </div>
    </dialog>
  )
}
