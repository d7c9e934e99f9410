import { useState } from 'react'

type FieldProps = {
  name: string
  label: string
  /** The message shown when a required field is empty. */
  ask?: string
  errors?: string[]
  hint?: string
} & Omit<React.InputHTMLAttributes<HTMLInputElement>, 'name'>

/**
 * A labelled input. Errors come from the server; with JavaScript an empty or invalid field shows its message on blur,
 * and the message disappears once the value is valid.
 */
export function Field({ name, label, ask, errors, hint, required, ...input }: FieldProps) {
  const [local, setLocal] = useState<string | null | undefined>(undefined)
  const error = local === undefined ? errors?.[0] : local
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={name}>
        {label}
        {!required && <span className="field__optional"> (optional)</span>}
      </label>
      {hint && (
        <p className="field__hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <input
        {...input}
        id={name}
        name={name}
        required={required}
        className="input"
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        onBlur={(event) => {
          // A message that appears while a button is being pressed would move the button away from the pointer.
          if (event.relatedTarget instanceof HTMLButtonElement) return
          setLocal(problem(event.currentTarget, ask))
        }}
        onInput={(event) => error && setLocal(problem(event.currentTarget, ask) && error)}
      />
      {error && (
        <p className="field__error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

function problem(input: HTMLInputElement, ask?: string): string | null {
  const { valueMissing, typeMismatch } = input.validity
  if (valueMissing) return ask ?? 'Fill in this field.'
  if (!typeMismatch || input.type !== 'email') return null
  return input.value.includes('@')
    ? 'Enter a valid email address.'
    : 'This email address is missing an “@”, as in name@example.com.'
}
