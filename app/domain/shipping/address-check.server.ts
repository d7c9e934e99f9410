import type { Address } from './address.ts'
import { addressForm, askPostcode } from './address-form.server.ts'
import { addressFormat, findState, hasPart, type AddressFormat } from './address-formats.server.ts'
import { countryCodes } from './countries.ts'
import { askPhone, normalizePhone } from './phone.server.ts'

type Typed = Partial<Address & { phone: string }>

/**
 * An address as typed, checked against its country: the values to store (postal code, state and phone in their usual
 * form, nothing in fields that the country does not have) and a message for each field that is missing or wrong.
 */
export function checkAddress(typed: Typed): { values: Typed; errors: Partial<Record<keyof Typed, string>> } {
  const { country = '' } = typed
  if (!countryCodes.includes(country)) return { values: {}, errors: { country: 'Choose the country.' } }
  const format = addressFormat(country)
  const values = {
    postcode: normalizePostcode(hasPart(format, 'Z') ? (typed.postcode ?? '') : '', country),
    city: hasPart(format, 'C') ? (typed.city ?? '') : '',
    region: hasPart(format, 'S') ? stateOf(format, typed.region ?? '') : '',
    phone: typed.phone ? normalizePhone(typed.phone, country) : '',
  }
  const errors: Partial<Record<keyof Typed, string>> = {}
  for (const { name, ask, isRequired, choices } of addressForm(country).fields) {
    if (name === 'line1' || name === 'line2') continue
    if (isRequired && values[name] === '') errors[name] = ask
    else if (choices && values[name] && !findState(format, values[name])) errors[name] = ask
  }
  if (values.postcode === null) errors.postcode = askPostcode(format, country)
  if (values.phone === null) errors.phone = askPhone(country)
  return {
    values: { ...values, postcode: values.postcode ?? typed.postcode, phone: values.phone ?? typed.phone },
    errors,
  }
}

/** A postal code in its country's form: "d02x285" is "D02 X285". Null when it is none, empty when nothing was typed. */
export function normalizePostcode(typed: string, country: string): string | null {
  const format = addressFormat(country)
  const text = typed.normalize('NFKC').toUpperCase().replace(/\s+/g, ' ').trim()
  if (text === '' || !format.postcode) return text
  const isPostcode = new RegExp(`^(?:${format.postcode})$`)
  return spellings(text, country, format).find((spelling) => isPostcode.test(spelling)) ?? null
}

/** The text in the form of each example, with and without a country's prefix, and as typed. */
function spellings(text: string, country: string, { postcodeExamples = [] }: AddressFormat): string[] {
  const compact = text.replace(/[^A-Z0-9]/g, '')
  // "DE-10115", "D-10115"
  const bare = text.replace(new RegExp(`^(${country}|[A-Z]-)`), '').replace(/[^A-Z0-9]/g, '')
  return [
    ...postcodeExamples.flatMap((example) => {
      const letters = /^[A-Z]*/.exec(example)![0]
      return [compact, bare, letters + compact].map((characters) => spacedLike(example, characters))
    }),
    text,
    compact,
  ]
}

/** The characters with the example's space or hyphen, counted from its end: "SW1A1AA" like "M2 5BQ" is "SW1A 1AA". */
function spacedLike(example: string, characters: string): string {
  const separator = /[^A-Z0-9]+/.exec(example)
  if (!separator) return characters
  const after = example.length - separator.index - separator[0].length
  return characters.length > after
    ? characters.slice(0, -after) + separator[0] + characters.slice(-after)
    : characters
}

function stateOf(format: AddressFormat, typed: string): string {
  return findState(format, typed)?.[0] ?? typed
}
