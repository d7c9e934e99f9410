import type { AddressForm, LocalField } from './address.ts'
import { addressFormat, findState, type AddressFormat } from './address-formats.server.ts'

/** The form for addresses of one country: its fields in its order, with its labels and states. */
export function addressForm(country: string): AddressForm {
  const format = addressFormat(country)
  const parts = [...format.print.matchAll(/%([ACSZ])/g)].map(([, part]) => part as 'A' | 'C' | 'S' | 'Z')
  return { country, fields: [...new Set(parts)].flatMap((part) => fieldsOf[part](format, country)) }
}

/** A stored address as the values of its form: a state by its name ("California") is the one of the list. */
export function formValues<Stored extends { country: string; region: string }>(address: Stored): Stored {
  const state = findState(addressFormat(address.country), address.region)
  return state ? { ...address, region: state[0]! } : address
}

const fieldsOf: Record<'A' | 'C' | 'S' | 'Z', (format: AddressFormat, country: string) => LocalField[]> = {
  A: ({ print }) => [
    { name: 'line1', label: 'Street address', isRequired: true, ask: 'Enter the street address.' },
    {
      name: 'line2',
      // The district, where it is a line of its own.
      label: print.includes('%D') ? 'Apartment, neighborhood, etc.' : 'Apartment, suite, etc.',
      isRequired: false,
      ask: '',
    },
  ],
  C: (format) => [
    {
      name: 'city',
      label: cityLabel(format),
      isRequired: format.required.includes('C'),
      ask: `Enter the ${inSentence(cityLabel(format))}.`,
    },
  ],
  S: (format) => {
    const label = stateLabels[format.stateName ?? 'province'] ?? 'Province'
    return [
      {
        name: 'region',
        label,
        isRequired: format.required.includes('S'),
        ask: `${format.states ? 'Choose' : 'Enter'} the ${inSentence(label)}.`,
        choices: format.states?.map(([value, name, local]) => ({
          value: value!,
          label: local ? `${name} (${local})` : name!,
        })),
      },
    ]
  },
  Z: (format, country) => [
    {
      name: 'postcode',
      label: postcodeLabel(format, country),
      isRequired: format.required.includes('Z'),
      ask: askPostcode(format, country),
      isNumeric: format.postcodeExamples?.every((example) => /^\d+$/.test(example)),
    },
  ],
}

/** What to type: "Enter a ZIP code like 95014." */
export function askPostcode(format: AddressFormat, country: string): string {
  const label = postcodeLabel(format, country)
  const example = format.postcodeExamples?.[0]
  const article = label === 'Eircode' ? 'an' : 'a'
  const name = inSentence(label)
  return example ? `Enter ${article} ${name} like ${example}.` : `Enter the ${name}.`
}

function postcodeLabel({ postcodeName }: AddressFormat, country: string): string {
  if (postcodeName === 'zip') return 'ZIP code'
  if (postcodeName === 'eircode') return 'Eircode'
  if (postcodeName === 'pin') return 'PIN code'
  return sayPostcode.has(country) ? 'Postcode' : 'Postal code'
}

/** English-speaking countries and their neighbors that say "postcode". */
const sayPostcode = new Set(['GB', 'GG', 'IM', 'JE', 'GI', 'FK', 'AU', 'CC', 'CX', 'NF', 'NZ', 'MY', 'NL'])

const cityLabel = ({ cityName }: AddressFormat) => cityLabels[cityName ?? 'city'] ?? 'City'

const cityLabels: Record<string, string> = {
  city: 'City',
  district: 'District',
  post_town: 'Town or city',
  suburb: 'Suburb',
}

const stateLabels: Record<string, string> = {
  area: 'Area',
  county: 'County',
  department: 'Department',
  district: 'District',
  do_si: 'Province or city',
  emirate: 'Emirate',
  island: 'Island',
  oblast: 'Region',
  parish: 'Parish',
  prefecture: 'Prefecture',
  province: 'Province',
  state: 'State',
}

/** "ZIP code", "Eircode" and "PIN code" keep their capitals. */
function inSentence(label: string): string {
  return /^(ZIP|PIN|Eir)/.test(label) ? label : label.toLowerCase()
}
