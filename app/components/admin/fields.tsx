import { getInputProps, getSelectProps, getTextareaProps } from '@conform-to/react'
import type { AnyField } from './form.tsx'

type Frame = { field: AnyField; label: string; hint?: React.ReactNode; silentLabel?: boolean }

/** Label, hint and errors around one control. */
function Frame({ field, label, hint, silentLabel = false, children }: Frame & { children: React.ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={field.id} className={silentLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {children}
      <FieldError field={field} />
      {hint && (
        <p className="field__hint" id={field.descriptionId}>
          {hint}
        </p>
      )}
    </div>
  )
}

export function FieldError({ field }: { field: AnyField }) {
  if (!field.errors?.length) return null
  return (
    <p className="field__error" id={field.errorId}>
      {field.errors[0]}
    </p>
  )
}

export function TextField({
  unit,
  type = 'text',
  className = '',
  ...frame
}: Frame & {
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'number' | 'datetime-local' | 'color'
  /** Prefix of the field: a currency, "/products/". */
  unit?: string
  className?: string
} & Pick<
    React.InputHTMLAttributes<HTMLInputElement>,
    | 'list'
    | 'min'
    | 'max'
    | 'step'
    | 'inputMode'
    | 'autoComplete'
    | 'placeholder'
    | 'spellCheck'
    | 'autoFocus'
  >) {
  const { field, label, hint, silentLabel, ...rest } = frame
  const { key, ...props } = getInputProps(field, { type })
  const control = (
    <input
      key={key}
      {...props}
      {...rest}
      {...describe(field, hint)}
      className={`input ${type === 'number' ? 'input--number' : ''} ${className}`.trim()}
    />
  )
  return (
    <Frame field={field} label={label} hint={hint} silentLabel={silentLabel}>
      {unit ? (
        <span className="with-unit">
          <span className="with-unit__unit">{unit}</span>
          {control}
        </span>
      ) : (
        control
      )}
    </Frame>
  )
}

/** An amount in the store's currency, as a plain decimal. */
export function MoneyField({ currency, ...frame }: Frame & { currency: string }) {
  return (
    <TextField {...frame} unit={currency} inputMode="decimal" className="input--number" autoComplete="off" />
  )
}

export function TextArea({
  rows = 4,
  className = '',
  placeholder,
  ...frame
}: Frame & { rows?: number; className?: string; placeholder?: string }) {
  const { field, label, hint, silentLabel } = frame
  const { key, ...props } = getTextareaProps(field)
  return (
    <Frame field={field} label={label} hint={hint} silentLabel={silentLabel}>
      <textarea
        key={key}
        {...props}
        {...describe(field, hint)}
        rows={rows}
        placeholder={placeholder}
        className={`input ${className}`.trim()}
      />
    </Frame>
  )
}

export type Choice = { value: string; label: string }

export function SelectField({ choices, ...frame }: Frame & { choices: Choice[] }) {
  const { field, label, hint, silentLabel } = frame
  const { key, ...props } = getSelectProps(field)
  return (
    <Frame field={field} label={label} hint={hint} silentLabel={silentLabel}>
      <select key={key} {...props} {...describe(field, hint)} className="input">
        {choices.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  )
}

export function CheckField({ field, label, hint }: Frame) {
  const { key, ...props } = getInputProps(field, { type: 'checkbox' })
  return (
    <div>
      <label className="check">
        <input key={key} {...props} {...describe(field, hint)} />
        <span className="check__text">
          {label}
          {hint && (
            <span className="check__hint" id={field.descriptionId}>
              {hint}
            </span>
          )}
        </span>
      </label>
      <FieldError field={field} />
    </div>
  )
}

/** Radio buttons, each with a hint. */
export function ChoiceField({ field, label, choices }: Frame & { choices: (Choice & { hint?: string })[] }) {
  return (
    <fieldset className="field" id={field.id} {...describe(field, null)}>
      <legend>{label}</legend>
      {choices.map(({ value, label: text, hint }) => (
        <label className="check" key={value}>
          <input
            type="radio"
            name={field.name}
            value={value}
            defaultChecked={field.initialValue === value}
            required
          />
          <span className="check__text">
            {text}
            {hint && <span className="check__hint">{hint}</span>}
          </span>
        </label>
      ))}
      <FieldError field={field} />
    </fieldset>
  )
}

function describe(field: AnyField, hint: React.ReactNode) {
  const ids = [field.errors?.length && field.errorId, hint && field.descriptionId].filter(Boolean)
  return {
    'aria-invalid': field.errors?.length ? true : undefined,
    'aria-describedby': ids.join(' ') || undefined,
  }
}
