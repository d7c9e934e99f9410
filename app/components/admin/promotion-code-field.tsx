import { useEffect, useState } from 'react'
import { Field } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'

/** Without characters that people confuse: 0 and O, 1 and I. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The code that customers type; with JavaScript a button proposes one. */
export function PromotionCodeField(props: FieldProps) {
  const [isReady, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  const propose = () => {
    const input = document.getElementById(props.id)
    if (!(input instanceof HTMLInputElement)) return
    input.value = randomCode()
    // The form notices the change.
    input.dispatchEvent(new Event('input', { bubbles: true }))
    input.focus()
  }
  return (
    <div className="code-field">
      <Field
        {...props}
        label="Code"
        hint="Customers type it in the cart. Saved in upper case."
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        className="input--upper"
      />
      {isReady && (
        <button type="button" className="button" onClick={propose}>
          Generate random code
        </button>
      )}
    </div>
  )
}

function randomCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('')
}
