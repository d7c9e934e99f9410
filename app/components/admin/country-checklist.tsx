import { useEffect, useState } from 'react'
import { FieldError } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'
import type { Country } from '#app/domain/shipping/countries.ts'

/** All countries or selected ones: a list of checkboxes, which JavaScript can search. */
export function CountryChecklist({
  shipsTo,
  field,
  chosen,
  countries,
}: {
  shipsTo: FieldProps
  field: FieldProps
  chosen: unknown[]
  countries: readonly Country[]
}) {
  const [selected, setSelected] = useState(() => new Set(chosen))
  const [mode, setMode] = useState(shipsTo.defaultValue)
  const error = field.errors?.[0] ?? shipsTo.errors?.[0]
  const toggle = (code: string, isOn: boolean) => {
    setMode('selected')
    setSelected((before) => {
      const after = new Set(before)
      if (isOn) after.add(code)
      else after.delete(code)
      return after
    })
  }
  return (
    <fieldset className="field" aria-describedby={error ? `${field.id}-error` : undefined}>
      <legend className="visually-hidden">Countries you ship to</legend>
      {[
        { value: 'everywhere', label: 'All countries' },
        { value: 'selected', label: 'Selected countries' },
      ].map(({ value, label }, index) => (
        <label key={value} className="check">
          <input
            type="radio"
            id={index === 0 ? shipsTo.id : undefined}
            name={shipsTo.name}
            value={value}
            checked={mode === value}
            onChange={() => setMode(value)}
          />
          <span className="check__text">{label}</span>
        </label>
      ))}
      {error && <FieldError id={field.id} error={error} />}
      <Countries {...{ id: field.id, name: field.name, countries, selected, toggle }} />
    </fieldset>
  )
}

function Countries({
  id,
  name,
  countries,
  selected,
  toggle,
}: {
  id: string
  name: string
  countries: readonly Country[]
  selected: Set<unknown>
  toggle: (code: string, isOn: boolean) => void
}) {
  const [query, setQuery] = useState<string | null>(null)
  // The search needs JavaScript, so it appears with it.
  useEffect(() => setQuery(''), [])
  const wanted = query?.trim().toLowerCase() ?? ''
  const isFound = ({ code, name: country }: Country) =>
    country.toLowerCase().includes(wanted) || code.toLowerCase() === wanted
  const found = countries.filter(isFound)
  return (
    <div className="country-list">
      {query !== null && (
        <input
          type="search"
          className="input"
          aria-label="Search countries"
          placeholder="Search countries"
          value={query}
          // What is searched for is not a change of the form.
          onInput={(event) => event.stopPropagation()}
          onChange={(event) => {
            event.stopPropagation()
            setQuery(event.currentTarget.value)
          }}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      )}
      <p className="soft small" role="status">
        {selected.size === 0 ? 'None selected' : `${selected.size} selected`}
        {wanted && ` · ${found.length} found`}
      </p>
      <ul id={id} role="list" className="country-list__items" tabIndex={-1}>
        {countries.map((country) => (
          <li key={country.code} hidden={!isFound(country)}>
            <label className="check">
              <input
                type="checkbox"
                name={name}
                value={country.code}
                checked={selected.has(country.code)}
                onChange={({ currentTarget }) => toggle(country.code, currentTarget.checked)}
              />
              {country.name}
            </label>
          </li>
        ))}
      </ul>
    </div>
  )
}
