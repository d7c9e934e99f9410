import { memo, useCallback, useEffect, useRef, useState } from 'react'
import { FieldError } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'
import { formatCount } from '#app/domain/intl.ts'

type Choice = { code: string; name: string; regions: { value: string; name: string }[] }

type Props = {
  field: FieldProps
  choices: Choice[]
  /** The keys of the chosen places: "DE", "US-CA". */
  chosen: string[]
  /** The zone that has a place, by its key, of the other zones. */
  taken: Record<string, string>
}

/** Countries, and of those with a list of regions also single regions. JavaScript adds a search. */
export function PlaceChecklist({ field: { id, name, errors }, choices, chosen, taken }: Props) {
  const [selected, setSelected] = useState(() => new Set(chosen))
  const [query, setQuery] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    // The search needs JavaScript, so it appears with it.
    setQuery('')
    // What was selected before this script ran.
    const checked = list.current?.querySelectorAll<HTMLInputElement>('input:checked') ?? []
    setSelected(new Set([...checked].map(({ value }) => value)))
  }, [])
  const toggle = useCallback((key: string, isOn: boolean) => {
    setSelected((before) => {
      const after = new Set(before)
      if (isOn) after.add(key)
      else after.delete(key)
      return after
    })
  }, [])
  const wanted = query?.trim().toLowerCase() ?? ''
  const isFound = ({ code, name: country, regions }: Choice) =>
    [country, ...regions.map((region) => region.name)].some((text) => text.toLowerCase().includes(wanted)) ||
    code.toLowerCase() === wanted
  const error = errors?.[0]
  return (
    <fieldset className="field place-list" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>Countries and regions</legend>
      {error && <FieldError id={id} error={error} />}
      {query !== null && <SearchField query={query} setQuery={setQuery} />}
      <p className="soft small" role="status">
        {selected.size === 0 ? 'None selected' : `${selected.size} selected`}
        {wanted && ` · ${formatCount(choices.filter(isFound).length, 'country', 'countries')} found`}
      </p>
      <ul ref={list} id={id} role="list" className="place-list__items" tabIndex={-1}>
        {choices.map((country) => (
          <CountryRow
            key={country.code}
            {...{ name, country, taken, toggle }}
            chosen={keysOf(country)
              .filter((key) => selected.has(key))
              .join('\n')}
            isShown={isFound(country)}
            hasScript={query !== null}
          />
        ))}
      </ul>
    </fieldset>
  )
}

const keysOf = ({ code, regions }: Choice) => [code, ...regions.map(({ value }) => `${code}-${value}`)]

function SearchField({ query, setQuery }: { query: string; setQuery: (query: string) => void }) {
  return (
    <input
      type="search"
      className="input"
      aria-label="Search countries and regions"
      placeholder="Search countries and regions"
      value={query}
      // What is searched for is not a change of the form.
      onInput={(event) => event.stopPropagation()}
      onChange={(event) => {
        event.stopPropagation()
        setQuery(event.currentTarget.value)
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
    />
  )
}

type RowProps = Pick<Props, 'taken'> & {
  name: string
  country: Choice
  /** Its chosen keys, one on each line: a text, so that only rows that change are rendered again. */
  chosen: string
  isShown: boolean
  hasScript: boolean
  toggle: (key: string, isOn: boolean) => void
}

const CountryRow = memo(function CountryRow({ name, country, chosen, taken, ...row }: RowProps) {
  const { code, regions } = country
  const { isShown, hasScript, toggle } = row
  const keys = chosen.split('\n')
  const isWhole = keys.includes(code)
  const check = (key: string) => ({
    ...{ type: 'checkbox', name, value: key, checked: keys.includes(key) },
    onChange: ({ currentTarget }: React.ChangeEvent<HTMLInputElement>) => toggle(key, currentTarget.checked),
  })
  const count = keys.filter((key) => key !== '' && key !== code).length
  return (
    <li hidden={!isShown} className="place-list__country">
      <label className="check">
        <input {...check(code)} />
        <Label name={country.name} zone={taken[code]} />
      </label>
      {regions.length > 0 && (
        <details className="place-list__regions">
          <summary>
            {isWhole || count === 0
              ? formatCount(regions.length, 'region')
              : `${count} of ${formatCount(regions.length, 'region')}`}
            <span className="visually-hidden"> of {country.name}</span>
          </summary>
          <ul role="list">
            {regions.map((region) => (
              <li key={region.value}>
                <label className="check">
                  {/* Without JavaScript the whole country can be unselected together with choosing regions. */}
                  <input {...check(`${code}-${region.value}`)} disabled={isWhole && hasScript} />
                  <Label name={region.name} zone={taken[`${code}-${region.value}`]} />
                </label>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
})

function Label({ name, zone }: { name: string; zone: string | undefined }) {
  return (
    <span className="check__text">
      {name}
      {zone && <span className="check__hint">In “{zone}”</span>}
    </span>
  )
}
