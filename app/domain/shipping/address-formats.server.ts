import formats from './address-formats.json' with { type: 'json' }

/**
 * How a country writes addresses. In `print` and `required`, N is the name, O the company, A the street lines, C the
 * city, S the state, Z the postal code; %n begins a line.
 */
export type AddressFormat = {
  print: string
  /** For an address in Latin script, where it differs. */
  printLatin?: string
  required: string
  /** A regular expression; undefined where there are no postal codes or their form is not known. */
  postcode?: string
  postcodeExamples?: string[]
  /** Printed before the postal code, not part of it. */
  postcodePrefix?: string
  postcodeName?: string
  stateName?: string
  cityName?: string
  /** Stored value, name, and name in the country's own script where that is not Latin. */
  states?: string[][]
}

/** The country's format; any other country has the plain one. */
export function addressFormat(country: string): AddressFormat {
  return (formats as Record<string, AddressFormat>)[country] ?? plain
}

const plain: AddressFormat = { print: '%N%n%O%n%A%n%C', required: 'AC' }

/** Whether the country's addresses have this part. */
export function hasPart({ print, printLatin = '' }: AddressFormat, part: 'C' | 'S' | 'Z'): boolean {
  return `${print}${printLatin}`.includes(`%${part}`)
}

/** The state of the country's list that a text means, by its value or one of its names; undefined if none. */
export function findState({ states = [] }: AddressFormat, typed: string): string[] | undefined {
  const wanted = typed.trim().toLowerCase()
  return states.find((state) => state.some((name) => name.toLowerCase() === wanted))
}
