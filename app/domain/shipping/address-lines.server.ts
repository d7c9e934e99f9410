import type { Address } from './address.ts'
import { addressFormat, findState, type AddressFormat } from './address-formats.server.ts'
import { countryName } from './countries.ts'

/**
 * An address as the lines of a label, in its country's order, with the country's name in the locale's language as the
 * last line. What the country's format does not use, such as the state of an earlier German address, has a line before.
 */
export function addressLines(address: Address, locale: string): string[] {
  const format = addressFormat(address.country)
  const isLatin = !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(
    `${address.line1}${address.city}`,
  )
  const pattern = (isLatin && format.printLatin) || format.print
  const values: Record<string, string> = {
    N: address.name,
    O: address.company,
    A: [address.line1, address.line2].filter(Boolean).join('\n'),
    C: address.city,
    S: stateName(format, address.region, isLatin),
    Z: address.postcode,
  }
  const unused = [...'CSZ'].filter((part) => !pattern.includes(`%${part}`)).map((part) => values[part]!)
  return [
    ...pattern.split('%n').flatMap((line) => printLine(line, values).split('\n')),
    ...unused,
    countryName(address.country, locale),
  ].filter(Boolean)
}

/**
 * "%C, %S %Z" with its values. Text between two parts is printed when both have a value, text at the beginning or the
 * end when its neighbor has one: "Dublin" rather than "Dublin, ".
 */
function printLine(line: string, values: Record<string, string>): string {
  let printed = ''
  let between = ''
  let isFirst = true
  for (const [, part, text] of line.matchAll(/%([A-Z])|([^%]+)/g)) {
    if (text !== undefined) between = isFirst || printed ? text : ''
    else if (values[part!]) {
      printed += between + values[part!]
      between = ''
    }
    isFirst = false
  }
  return (printed && /[^\s,–-]/.test(between) ? printed + between : printed).trim()
}

/** The state as its list has it: "CA" for California; in its own script in an address of that script. */
function stateName(format: AddressFormat, region: string, isLatin: boolean): string {
  const state = findState(format, region)
  if (!state) return region
  return (!isLatin && state[2]) || state[0]!
}
