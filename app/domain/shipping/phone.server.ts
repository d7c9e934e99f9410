import { getExampleNumber, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import examples from 'libphonenumber-js/mobile/examples'

/**
 * A phone number as typed in a country ("01 555 1234" in Ireland) in the international form ("+353 1 555 1234"); null
 * when it has too few or too many digits. New number ranges pass: only the length is checked.
 */
export function normalizePhone(typed: string, country: string): string | null {
  const phone = parsePhoneNumberFromString(typed, {
    defaultCountry: isSupportedCountry(country) ? country : undefined,
    extract: false,
  })
  return phone?.isPossible() ? phone.format('INTERNATIONAL') : null
}

/** What to type: "Enter a phone number like (201) 555-0123." */
export function askPhone(country: string): string {
  const example = isSupportedCountry(country) ? getExampleNumber(country, examples) : undefined
  return example
    ? `Enter a phone number like ${example.formatNational()}, or with its country code like ${example.formatInternational()}.`
    : 'Enter a phone number with its country code, such as +353 85 012 3456.'
}
