type Option = {
  value: string
  label: string
  hint: string
  price?: string
  /** For shoppers without JavaScript, for whom the total does not follow the choice. */
  total?: string
}

/** Radio cards; the first is preselected. */
export function Choices({
  legend,
  name,
  choices,
  chosen,
  error,
  onChoose,
}: {
  legend: string
  name: string
  choices: Option[]
  chosen: string | undefined
  error: string | undefined
  onChoose?: (value: string) => void
}) {
  const current = choices.some(({ value }) => value === chosen) ? chosen : choices[0]?.value
  return (
    <fieldset className="checkout__group" aria-describedby={error ? `${name}-error` : undefined}>
      <legend>{legend}</legend>
      {error && (
        <p className="field__error" id={`${name}-error`}>
          {error}
        </p>
      )}
      <div className="choices">
        {choices.map(({ value, label, hint, price, total }, index) => (
          <label key={value} className="choice">
            <input
              type="radio"
              id={index === 0 ? name : undefined}
              name={name}
              value={value}
              required
              defaultChecked={value === current}
              onChange={onChoose && (() => onChoose(value))}
            />
            <span className="choice__words">
              <span className="choice__label">{label}</span>
              {hint && <span className="soft small">{hint}</span>}
              {total && (
                <noscript>
                  <span className="soft small">Total {total}</span>
                </noscript>
              )}
            </span>
            {price && <span className="numeric">{price}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
