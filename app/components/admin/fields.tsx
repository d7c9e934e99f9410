import { describe, Field, FieldError, FieldFrame, type FrameProps } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'

/** An amount in the store's currency, as a plain decimal. */
export function MoneyField({ currency, ...props }: FieldProps & FrameProps & { currency: string }) {
  return <Field {...props} unit={currency} inputMode="decimal" className="input--number" autoComplete="off" />
}

export function TextArea(
  props: FieldProps & FrameProps & { rows?: number; className?: string; placeholder?: string },
) {
  const { label, hint, isOptional, hidesLabel, errors, rows = 4, className = '', ...rest } = props
  const { id, name, defaultValue, required, minLength, maxLength, placeholder } = rest
  const error = errors?.[0]
  return (
    <FieldFrame {...{ id, label, hint, isOptional, hidesLabel, error }}>
      <textarea
        {...{ id, name, defaultValue, required, minLength, maxLength, placeholder }}
        {...describe(id, { hint, error })}
        rows={rows}
        className={`input ${className}`.trim()}
      />
    </FieldFrame>
  )
}

export type Choice = { value: string; label: string }

export function SelectField(props: FieldProps & FrameProps & { choices: Choice[] }) {
  const { id, name, defaultValue, required, errors, choices, label, hint, isOptional, hidesLabel } = props
  const error = errors?.[0]
  // HTML allows it only beside an empty choice: without one, something is always selected.
  const isRequired = required && choices[0]?.value === ''
  return (
    <FieldFrame {...{ id, label, hint, isOptional, hidesLabel, error }}>
      <select
        {...{ id, name, defaultValue }}
        required={isRequired}
        {...describe(id, { hint, error })}
        className="input"
      >
        {choices.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

/** A checkbox; its value is "on". */
export function CheckField({
  id,
  name,
  defaultValue,
  required,
  errors,
  label,
  hint,
}: FieldProps & FrameProps) {
  const error = errors?.[0]
  return (
    <div>
      <label className="check">
        <input
          {...{ id, name, required }}
          type="checkbox"
          value="on"
          defaultChecked={defaultValue === 'on'}
          {...describe(id, { hint, error })}
        />
        <span className="check__text">
          {label}
          {hint && (
            <span className="check__hint" id={`${id}-hint`}>
              {hint}
            </span>
          )}
        </span>
      </label>
      {error && <FieldError id={id} error={error} />}
    </div>
  )
}

/** Radio buttons, each with a hint. */
export function ChoiceField({
  id,
  name,
  defaultValue,
  errors,
  label,
  choices,
}: FieldProps & { label: string; choices: (Choice & { hint?: string })[] }) {
  const error = errors?.[0]
  return (
    <fieldset className="field" id={id} {...describe(id, { error })}>
      <legend>{label}</legend>
      {choices.map(({ value, label: text, hint }) => (
        <label className="check" key={value}>
          <input type="radio" name={name} value={value} defaultChecked={defaultValue === value} required />
          <span className="check__text">
            {text}
            {hint && <span className="check__hint">{hint}</span>}
          </span>
        </label>
      ))}
      {error && <FieldError id={id} error={error} />}
    </fieldset>
  )
}
