import { countryCodes } from '#app/domain/shipping/countries.ts'
import { currencyNames } from '#app/domain/intl.ts'

/** Currencies and time zones that this JavaScript engine supports (ECMA-402). */
export const currencies: string[] = Intl.supportedValuesOf('currency')
export const timeZones: string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')]

export type Choice = { value: string; label: string }

/** Countries with further languages, besides their most common one and English. */
const languages =
  'be-BY ca-AD ca-ES cy-GB da-GL de-BE de-IT de-LU es-PH es-US eu-ES fr-BE fr-CA fr-CH fr-LU fr-MA fr-DZ fr-TN ga-IE gl-ES it-CH it-VA kk-KZ nl-BE pt-LU ru-KZ se-NO sv-FI ta-SG zh-SG zh-MY uk-UA'.split(
    ' ',
  )

let locales: Choice[] | undefined

/** "German (Austria)" for de-AT: each country with its most common language and English, by name. */
export function localeChoices(): Choice[] {
  locales ??= byLabel(
    [...new Set([...countryCodes.flatMap((code) => [languageOf(code), `en-${code}`]), ...languages])]
      .filter(isLocale)
      .map(localeChoice),
  )
  return locales
}

/** The choices with the current one, which may be none of them, such as "en-GB-oxendict" or "ja". */
export function withCurrent(choices: Choice[], current: string, choiceOf = localeChoice): Choice[] {
  return choices.some(({ value }) => value === current) ? choices : [choiceOf(current), ...choices]
}

function localeChoice(tag: string): Choice {
  return { value: tag, label: `${names.of(tag) ?? tag} · ${tag}` }
}

/** Currencies by name: "Euro · EUR". */
export function currencyChoices(): Choice[] {
  const named = currencyNames('en', undefined)
  return byLabel(currencies.map((code) => ({ value: code, label: `${named.of(code) ?? code} · ${code}` })))
}

export const timeZoneChoices: Choice[] = timeZones.map((zone) => ({
  value: zone,
  label: zone.replaceAll('_', ' '),
}))

/** Whether dates and prices can be formatted for the language of this tag. */
export function isLocale(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length === 1
  } catch {
    return false
  }
}

const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' })

function languageOf(country: string): string {
  return `${new Intl.Locale(`und-${country}`).maximize().language}-${country}`
}

function byLabel(choices: Choice[]): Choice[] {
  const { compare } = new Intl.Collator('en')
  return choices.sort((a, b) => compare(a.label, b.label))
}
