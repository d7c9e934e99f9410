/**
 * Dates, numbers, names and counts as text, with cached Intl formatters: creating one takes far longer than using it.
 * A shop needs few, one per locale, time zone and
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

/** Writes no decimals of whole amounts where nobody does, such as in Hungarian forints. */
export const moneyFormat = cachedBy(
  (locale, { currency, currencyDigits }: { currency: string; currencyDigits: number }) => {
    const usual = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions()
    return new Intl.NumberFormat(locale, {
      ...{ style: 'currency', currency },
      ...{ minimumFractionDigits: currencyDigits, maximumFractionDigits: currencyDigits },
      ...(usual.maximumFractionDigits! < currencyDigits && { trailingZeroDisplay: 'stripIfInteger' }),
    })
  },
)

export const currencyNames = cachedBy(
  (locale, _options: undefined) => new Intl.DisplayNames(locale, { type: 'currency' }),
)

export const listFormat = cachedBy((locale, _options: undefined) => new Intl.ListFormat(locale))

const numberFormat = cachedBy((locale, _options: undefined) => new Intl.NumberFormat(locale))

/** 1234 as "1,234": counts are part of the pages' text, which is English in every store. */
export const formatNumber = (value: number): string => numberFormat('en', undefined).format(value)

/** The noun for the count; its plural has an "s" unless it is given. */
export const plural = (count: number, one: string, many = `${one}s`): string => (count === 1 ? one : many)

/** "1 item", "1,234 items". */
export const formatCount = (count: number, one: string, many?: string): string =>
  `${formatNumber(count)} ${plural(count, one, many)}`

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
