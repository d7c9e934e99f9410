import { collator, regionNames } from '#app/domain/intl.ts'

/** ISO 3166-1 alpha-2, the countries with postal service. */
export const countryCodes: string[] =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  )

export type Country = { code: string; name: string }

/** The countries with these codes (an empty list: all), by name in the locale's order. */
export function listCountries(served: string[], locale: string): readonly Country[] {
  const list = served.length > 0 ? served : countryCodes
  const question = `${locale} ${list.join()}`
  if (listed?.question === question) return listed.countries
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
function countryOfLocale(locale: string): string | undefined {
  if (maximized?.locale !== locale) maximized = { locale, region: new Intl.Locale(locale).maximize().region }
  return maximized.region
}

let maximized: { locale: string; region: string | undefined } | undefined
