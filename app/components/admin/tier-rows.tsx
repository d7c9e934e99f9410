import { useEffect, useState } from 'react'
import { Field, FieldError } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'
import { MoneyField } from './fields.tsx'

type Name = `tiers[${number}].${'from' | 'below' | 'rate'}`

const blankRows = 3

/** The rates of weights or subtotals: those there are and three blank rows. JavaScript adds more at once. */
export function TierRows({
  field,
  filled,
  most,
  currency,
  error,
}: {
  field: (name: Name) => FieldProps
  /** How many rows have values. */
  filled: number
  most: number
  currency: string
  error: string | undefined
}) {
  const [count, setCount] = useState(Math.min(most, filled + blankRows))
  const [hasScript, setHasScript] = useState(false)
  useEffect(() => setHasScript(true), [])
  return (
    <>
      {error && <FieldError id="tiers" error={error} />}
      <ol role="list" className="tiers">
        {Array.from({ length: count }, (_, index) => (
          <li key={index} className="tiers__row" role="group" aria-label={`Row ${index + 1}`}>
            <Field
              {...field(`tiers[${index}].from`)}
              label="From"
              inputMode="decimal"
              className="input--number"
              placeholder={index === 0 ? '0' : undefined}
              autoComplete="off"
            />
            <Field
              {...field(`tiers[${index}].below`)}
              label="Below"
              inputMode="decimal"
              className="input--number"
              placeholder="No end"
              autoComplete="off"
            />
            <MoneyField {...field(`tiers[${index}].rate`)} label="Rate" currency={currency} />
          </li>
        ))}
      </ol>
      {hasScript && count < most && (
        <p>
          <button className="button button--small" type="button" onClick={() => setCount(count + 1)}>
            Add row
          </button>
        </p>
      )}
    </>
  )
}
