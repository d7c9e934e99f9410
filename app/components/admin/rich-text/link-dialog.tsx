import { useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { describe, FieldFrame } from '#app/components/field.tsx'
import { Modal } from '#app/components/modal.tsx'
import { toLinkAddress } from '#app/domain/products/description-html.ts'
import type { TextAreaEditor } from './text-area-editor.ts'

/** Asks for the address of a link, and for its text where none is selected. */
export function LinkDialog({
  editor,
  link,
  onClose,
}: {
  editor: TextAreaEditor
  link: ReturnType<TextAreaEditor['getLink']>
  onClose: () => void
}) {
  const id = useId()
  const title = link.address ? 'Change link' : 'Add link'
  const form = useRef<HTMLFormElement>(null)
  const [isRefused, setRefused] = useState(false)
  const close = () => form.current?.closest('dialog')?.close()
  function save(event: React.FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // Forms cannot be nested in HTML, but in React's tree this one is inside another.
    event.stopPropagation()
    const values = new FormData(event.currentTarget)
    const address = toLinkAddress(String(values.get('address')))
    if (address === null) return setRefused(true)
    close()
    editor.setLink(address, String(values.get('text') ?? '').trim())
  }
  return createPortal(
    <Modal label={title} className="dialog" onClose={onClose}>
      <form ref={form} className="fields" noValidate onSubmit={save} onInput={stop} onChange={stop}>
        <h2>{title}</h2>
        {link.needsText && (
          <FieldFrame id={`${id}-text`} label="Text">
            <input id={`${id}-text`} name="text" className="input" autoComplete="off" dir="auto" />
          </FieldFrame>
        )}
        <AddressField id={`${id}-address`} address={link.address} isRefused={isRefused} />
        <div className="row-of-actions">
          <button className="button button--primary" type="submit">
            {title}
          </button>
          {link.address && (
            <button
              className="button"
              type="button"
              onClick={() => {
                close()
                editor.removeLink()
              }}
            >
              Remove link
            </button>
          )}
          <button className="button button--quiet" type="button" onClick={close}>
            Cancel
          </button>
        </div>
      </form>
    </Modal>,
    document.body,
  )
}

function AddressField({ id, address, isRefused }: { id: string; address: string; isRefused: boolean }) {
  const hint = 'A website, an email address, or a path of your store such as /products/mug.'
  const error = isRefused
    ? 'Enter an address such as https://example.com, maya@example.com or /products/mug.'
    : undefined
  return (
    <FieldFrame {...{ id, hint, error }} label="Address">
      <input
        {...{ id, ...describe(id, { hint, error }) }}
        name="address"
        className="input"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={address}
      />
    </FieldFrame>
  )
}

function stop(event: React.SyntheticEvent) {
  event.stopPropagation()
}
