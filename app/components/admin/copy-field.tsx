import { useEffect, useState } from 'react'

/** A link to pass on: it can be selected, and with JavaScript a button copies it. */
export function CopyField({ id, label, value }: { id: string; label: string; value: string }) {
  const [state, setState] = useState<'unknown' | 'ready' | 'copied'>('unknown')
  // The clipboard needs a secure page.
  useEffect(() => setState(window.isSecureContext ? 'ready' : 'unknown'), [])
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="copy">
        <input
          id={id}
          className="input"
          readOnly
          value={value}
          dir="ltr"
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        {state !== 'unknown' && (
          <button
            type="button"
            className="button"
            onClick={() => void navigator.clipboard.writeText(value).then(() => setState('copied'))}
          >
            {state === 'copied' ? 'Copied' : 'Copy'}
          </button>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {state === 'copied' && 'The link was copied.'}
      </p>
    </div>
  )
}
