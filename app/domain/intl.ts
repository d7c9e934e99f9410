/**
 * Formatters of Intl, made once: making one takes far longer than using it. A shop needs few, one for each locale, time
 * zone and form; what visitors' own locales ask for pushes the oldest out.
 */
const maxFormatters = 100

export const dateFormat = cachedBy(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
)

/** Names of countries; those that the locale does not know are in English. */
export const regionNames = cachedBy(
  (locale, _options: undefined) => new Intl.DisplayNames([locale, 'en'], { type: 'region' }),
)

export const collator = cachedBy((locale, _options: undefined) => new Intl.Collator(locale))

function cachedBy<Options, Formatter>(make: (locale: string, options: Options) => Formatter) {
  const made = new Map<string, Formatter>()
  return (locale: string, options: Options): Formatter => {
    const key = `${locale} ${JSON.stringify(options)}`
    let found = made.get(key)
    if (found) return found
    found = make(locale, options)
    made.set(key, found)
    if (made.size > maxFormatters) made.delete(made.keys().next().value!)
    return found
  }
}
