import { useState } from 'react'
import type { FieldProps } from './form-fields.ts'

export type FrameProps = {
  label: string
  hint?: React.ReactNode
  /** Marks a field that may stay empty. */
  isOptional?: boolean
  /** The label is for screen readers only. */
  hidesLabel?: boolean
}

type InputProps = FieldProps &
  FrameProps & {
    /** The message shown when a required field is empty. */
    ask?: string
    /** Prefix of the field: a currency, "/products/". */
    unit?: string
  } & Omit<React.InputHTMLAttributes<HTMLInputElement>, keyof FieldProps>

/**
 * A labelled input. Errors come from the server. In a form without native validation, and with JavaScript, an empty or
 * invalid field shows its message on blur, and the message disappears once the value is valid.
 */
export function Field(props: InputProps) {
  const { label, hint, isOptional, hidesLabel, ask, unit, errors, className = '', ...input } = props
  const [local, setLocal] = useState<string | null | undefined>(undefined)
  const error = local === undefined ? errors?.[0] : local
  const control = (
    <input
      {...input}
      {...allowedLimits(input)}
      {...describe(input.id, { hint, error })}
      className={`input ${input.type === 'number' ? 'input--number' : ''} ${className}`.trim()}
      onBlur={({ currentTarget, relatedTarget }) => {
        // A message that appears while a button is being pressed would move the button away from the pointer.
        if (!currentTarget.form?.noValidate || relatedTarget instanceof HTMLButtonElement) return
        setLocal(problem(currentTarget, ask))
      }}
      onInput={({ currentTarget }) => {
        if (error && currentTarget.form?.noValidate) setLocal(problem(currentTarget, ask) && error)
      }}
    />
  )
  return (
    <FieldFrame {...{ id: input.id, label, hint, isOptional, hidesLabel, error }}>
      {unit ? (
        <span className="with-unit">
          <span className="with-unit__unit">{unit}</span>
          {control}
        </span>
      ) : (
        control
      )}
    </FieldFrame>
  )
}

const typesWithLength = ['text', 'search', 'url', 'tel', 'email', 'password']

/** The limits that HTML allows for this type of input. A color is never empty, so it cannot be required. */
function allowedLimits({ type = 'text', required, minLength, maxLength }: FieldProps & { type?: string }) {
  const hasLength = typesWithLength.includes(type)
  return {
    required: type === 'color' ? undefined : required,
    minLength: hasLength ? minLength : undefined,
    maxLength: hasLength ? maxLength : undefined,
  }
}

/** Label, hint and error around one control. */
export function FieldFrame({
  id,
  label,
  labelId,
  hint,
  isOptional = false,
  hidesLabel = false,
  error,
  children,
}: FrameProps & { id: string; labelId?: string; error?: string | null; children: React.ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id} id={labelId} className={hidesLabel ? 'visually-hidden' : undefined}>
        {label}
        {isOptional && <span className="field__optional"> (optional)</span>}
      </label>
      {hint && (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {error && <FieldError id={id} error={error} />}
    </div>
  )
}

export function FieldError({ id, error }: { id: string; error: string }) {
  return (
    <p className="field__error" id={`${id}-error`}>
      {error}
    </p>
  )
}

/** The ARIA attributes of a control with this hint and error. */
export function describe(id: string, { hint, error }: { hint?: React.ReactNode; error?: string | null }) {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean)
  return { 'aria-invalid': error ? true : undefined, 'aria-describedby': ids.join(' ') || undefined }
}

function problem(input: HTMLInputElement, ask?: string): string | null {
  const { valueMissing, typeMismatch } = input.validity
  if (valueMissing) return ask ?? 'Fill in this field.'
  if (!typeMismatch || input.type !== 'email') return null
  return input.value.includes('@')
    ? 'Enter a valid email address.'
    : 'This email address is missing an “@”, as in name@example.com.'
}
