type Option = { value: string; label: string; hint: string; price?: string }

/** Radio cards; the first is preselected. */
export function Choices({
  legend,
  name,
  choices,
  chosen,
  error,
}: {
  legend: string
  name: string
  choices: Option[]
  chosen: string | undefined
  error: string | undefined
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
        {choices.map(({ value, label, hint, price }, index) => (
          <label key={value} className="choice">
            <input
              type="radio"
              id={index === 0 ? name : undefined}
              name={name}
              value={value}
              required
              defaultChecked={value === current}
            />
            <span className="choice__words">
              <span className="choice__label">{label}</span>
              {hint && <span className="soft small">{hint}</span>}
            </span>
            {price && <span className="numeric">{price}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
