import { useEffect, useRef } from 'react'

/**
 * A dialog that exists only while it is open, for things that need script anyway. The browser keeps the focus inside,
 * closes it on Escape, and then gives the focus back.
 */
export function Modal({
  label,
  className,
  onClose,
  onKeyDown,
  children,
}: {
  label: string
  className: string
  onClose: () => void
  onKeyDown?: (event: React.KeyboardEvent) => void
  children: React.ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
  }, [])
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a click on the backdrop; the keyboard has Escape
    <dialog
      ref={dialog}
      aria-label={label}
      className={className}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      {children}
    </dialog>
  )
}
