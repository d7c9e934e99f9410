/**
 * Cached Intl formatters: creating one takes far longer than using it. A shop needs few, one per locale, time zone and
 * format; visitors' own locales evict the oldest.
 */
const maxFormatters = 100

export const dateFormat = cachedBy(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
)

/** Country names; those unknown in the locale are in English. */
export const regionNames = cachedBy(
  (locale, _options: undefined) => new Intl.DisplayNames([locale, 'en'], { type: 'region' }),
)

export const collator = cachedBy((locale, _options: undefined) => new Intl.Collator(locale))

function cachedBy<Options, Formatter>(make: (locale: string, options: Options) => Formatter) {
  // Not lru-cache: this file runs in the browser, too, which would load the package for four lines.
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
