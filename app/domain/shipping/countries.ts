import { collator, regionNames } from '#app/domain/intl.ts'
import { countryCodes } from '#db/schema/countries.ts'

export { countryCodes }

export type Country = { code: string; name: string }

/** The countries with these codes (an empty list: all), by name in the locale's order. */
export function listCountries(served: string[], locale: string): readonly Country[] {
  const question = `${locale} ${served.join()}`
  if (listed?.question === question) return listed.countries
  const list = served.length > 0 ? served : countryCodes
  const { compare } = collator(locale, undefined)
  const countries = list
    .map((code) => ({ code, name: countryName(code, locale) }))
    .sort((a, b) => compare(a.name, b.name))
  listed = { question, countries }
  return countries
}

/**
 * The list as one text for the data of a page, "DE Germany" on each line: one value is serialized and parsed much
 * faster than hundreds.
 */
export function countryLines(countries: readonly Country[]): string {
  let lines = linesOf.get(countries)
  if (lines === undefined)
    linesOf.set(countries, (lines = countries.map(({ code, name }) => `${code} ${name}`).join('\n')))
  return lines
}

const linesOf = new WeakMap<readonly Country[], string>()

/** Caches the last answer: a shop has one locale and one list, and every checkout page shows it. */
let listed: { question: string; countries: readonly Country[] } | undefined

export function countryName(code: string, locale: string): string {
  try {
    return regionNames(locale, undefined).of(code) ?? code
  } catch {
    return code
  }
}

/** The default country: the locale's own if it is on the list, else the first. */
export function defaultCountry(countries: readonly Country[], locale: string): string {
  const own = countryOfLocale(locale)
  return countries.find(({ code }) => code === own)?.code ?? countries[0]?.code ?? ''
}

/** A locale's country ("de-AT": AT, "de": DE); undefined when it names none. */
export function countryOfLocale(locale: string): string | undefined {
  if (maximized?.locale !== locale) maximized = { locale, region: new Intl.Locale(locale).maximize().region }
  return maximized.region
}

let maximized: { locale: string; region: string | undefined } | undefined
