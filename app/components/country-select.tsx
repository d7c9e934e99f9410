/**
 * The list of countries, with `selected` chosen. Its options are written as one piece of HTML: React takes longer for
 * 250 elements than for the rest of the page. `countries` is the text of countryLines.
 */
export function CountrySelect({
  countries,
  selected,
  errors,
  onChange,
  autoFocus,
}: {
  countries: string
  selected: string | undefined
  errors: string[] | undefined
  onChange?: (select: HTMLSelectElement) => void
  autoFocus?: boolean
}) {
  return (
    <select
      id="country"
      name="country"
      autoComplete="country"
      className="input"
      autoFocus={autoFocus}
      onChange={onChange && (({ currentTarget }) => onChange(currentTarget))}
      aria-invalid={errors ? true : undefined}
      aria-describedby={errors ? 'country-error' : undefined}
      dangerouslySetInnerHTML={{ __html: withSelected(optionsFor(countries), selected) }}
    />
  )
}

function optionsFor(countries: string): string {
  if (made?.countries !== countries)
    made = {
      countries,
      options: countries
        .split('\n')
        .map((line) => `<option value="${line.slice(0, 2)}">${escape(line.slice(3))}</option>`)
        .join(''),
    }
  return made.options
}

/** The latest list; a shop has one. */
let made: { countries: string; options: string } | undefined

function withSelected(options: string, code: string | undefined): string {
  if (!code || !/^[A-Z]{2}$/.test(code)) return options
  return options.replace(`value="${code}"`, `value="${code}" selected=""`)
}

function escape(name: string): string {
  return name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
