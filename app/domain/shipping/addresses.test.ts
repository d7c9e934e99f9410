import { expect, test } from 'vitest'
import { checkAddress, normalizePostcode } from './address-check.server.ts'
import { addressForm, formValues } from './address-form.server.ts'
import { addressLines } from './address-lines.server.ts'
import type { Address } from './address.ts'
import { countryCodes } from './countries.ts'

const address = (given: Partial<Address>): Address => ({
  ...{ name: 'Ada Byron', company: '', line1: '12 Square', line2: '' },
  ...{ postcode: '', city: '', region: '', country: 'IE', ...given },
})

/** The form in short: required fields with a star, a list as [ ]. */
const formOf = (country: string) =>
  addressForm(country)
    .fields.filter(({ name }) => name !== 'line2')
    .map(({ label, isRequired, choices }) => `${choices ? `[${label}]` : label}${isRequired ? '*' : ''}`)
    .join(', ')

test.each([
  ['US', 'Street address*, City*, [State]*, ZIP code*'],
  ['DE', 'Street address*, Postal code*, City*'],
  ['JP', 'Postal code*, [Prefecture]*, City*, Street address*'],
  ['IE', 'Street address*, City*, [County], Eircode'],
  ['GB', 'Street address*, Town or city*, Postcode*'],
  ['HK', '[Area]*, District, Street address*'],
  ['BR', 'Street address*, City*, [State]*, Postal code*'],
  ['AE', 'Street address*, [Emirate]*'],
  ['CA', 'Street address*, City*, [Province]*, Postal code*'],
])('%s asks for its fields in its order, with its labels: %s', (country, form) => {
  expect(formOf(country)).toBe(form)
})

test('every country has a form that can be filled in, and the examples it shows are accepted', () => {
  for (const country of countryCodes) {
    const { fields } = addressForm(country)
    const filled = Object.fromEntries(
      fields.map(({ name, ask, choices }) => [
        name,
        choices ? choices[0]!.value : name === 'postcode' ? exampleIn(ask, country) : 'Somewhere',
      ]),
    )
    const { errors, values } = checkAddress({ ...filled, country })
    expect({ country, errors }).toEqual({ country, errors: {} })
    expect(
      fields.every(({ name, isRequired }) => !isRequired || { ...filled, ...values }[name]),
      country,
    ).toBe(true)
    expect(
      fields.filter(({ choices }) => choices?.length === 0),
      country,
    ).toEqual([])
    const lines = addressLines(address({ ...filled, ...values, country }), 'en')
    for (const value of Object.values(values).filter(Boolean))
      expect(lines.join(' '), country).toContain(value)
  }
})

const exampleIn = (ask: string, country: string) => / like (.+)\.$/.exec(ask)?.[1] ?? `${country} 1`

test.each([
  ['IE', 'd02x285', 'D02 X285'],
  ['GB', 'SW1A1AA', 'SW1A 1AA'],
  ['GB', 'm1 1ae', 'M1 1AE'],
  ['US', '94103', '94103'],
  ['US', '941031234', '94103-1234'],
  ['CA', 'k1a0b1', 'K1A 0B1'],
  ['JP', '１５４００２３', '154-0023'],
  ['BR', '40301110', '40301-110'],
  ['NL', '1012ab', '1012 AB'],
  ['DE', 'D-10115', '10115'],
  ['DE', 'DE-10115', '10115'],
  ['LT', 'LT04340', '04340'],
  ['LV', '1010', 'LV-1010'],
  ['US', '9410', null],
  ['GB', '94103', null],
  ['HK', '999077', '999077'],
])('a postal code of %s typed as "%s" is %s', (country, typed, normalized) => {
  expect(normalizePostcode(typed, country)).toBe(normalized)
})

test('what is missing or wrong is said in words, with an example', () => {
  const wrong = { country: 'US', city: 'San Francisco', region: 'XX', postcode: '9410', phone: '555' }
  expect(checkAddress(wrong).errors).toEqual({
    region: 'Choose the state.',
    postcode: 'Enter a ZIP code like 95014.',
    phone: 'Enter a phone number like (201) 555-0123, or with its country code like +1 201 555 0123.',
  })
  expect(checkAddress({ country: 'IE', city: 'Dublin', postcode: 'D02' }).errors).toEqual({
    postcode: 'Enter an Eircode like A65 F4E2.',
  })
  expect(checkAddress({ country: 'HK' }).errors).toEqual({ region: 'Choose the area.' })
  for (const country of ['XX', 'de', ''])
    expect(checkAddress({ country }).errors).toEqual({ country: 'Choose the country.' })
})

test('a phone number of the country or of another one is stored in the international form', () => {
  const phoneOf = (country: string, phone: string) => checkAddress({ country, phone }).values.phone
  expect(phoneOf('IE', '01 555 1234')).toBe('+353 1 555 1234')
  expect(phoneOf('DE', '030/901820')).toBe('+49 30 901820')
  expect(phoneOf('US', '+44 20 7946 0018')).toBe('+44 20 7946 0018')
})

test('a state is stored as the value of its list, whichever of its names was typed', () => {
  const regionOf = (country: string, region: string) => checkAddress({ country, region }).values.region
  expect([regionOf('US', 'california'), regionOf('US', 'ca'), regionOf('JP', '東京都')]).toEqual([
    'CA',
    'CA',
    'Tokyo',
  ])
  expect(formValues({ country: 'BR', region: 'são paulo' }).region).toBe('SP')
})

test('fields that the country does not have are not stored', () => {
  const { values } = checkAddress({ country: 'AE', region: 'Dubai', city: 'Dubai', postcode: '12345' })
  expect(values).toMatchObject({ city: '', postcode: '', region: 'Dubai' })
})

test.each<[string, Partial<Address>, string[]]>([
  ['US', { city: 'San Francisco', region: 'California', postcode: '94103' }, ['San Francisco, CA 94103']],
  ['DE', { city: 'Berlin', postcode: '10115' }, ['10115 Berlin']],
  ['IE', { city: 'Dublin', postcode: 'D02 X285' }, ['Dublin', 'D02 X285']],
  ['GB', { city: 'LONDON', postcode: 'SW1A 1AA' }, ['LONDON', 'SW1A 1AA']],
  ['BR', { city: 'Bahia', region: 'BA', postcode: '40301-110' }, ['Bahia-BA', '40301-110']],
  ['AE', { region: 'Dubai' }, ['Dubai']],
  ['CA', { city: 'Montreal', region: 'QC', postcode: 'H3Z 2Y7' }, ['Montreal QC H3Z 2Y7']],
  ['HK', { city: 'Mong Kok', region: 'Kowloon' }, ['Mong Kok', 'Kowloon']],
  ['JP', { city: 'Setagaya', region: 'Tokyo', postcode: '154-0023' }, ['Setagaya, Tokyo', '154-0023']],
])('an address in %s is printed in its order', (country, given, lines) => {
  const printed = addressLines(address({ country, line2: 'Floor 2', ...given }), 'en')
  const name = new Intl.DisplayNames('en', { type: 'region' }).of(country)
  expect(printed).toEqual(['Ada Byron', '12 Square', 'Floor 2', ...lines, name])
})

test('an address in its country’s own script is printed in the order of that script', () => {
  const japanese = { line1: '太子堂1-2-3', city: '世田谷区', region: 'Tokyo', postcode: '154-0023' }
  expect(addressLines(address({ ...japanese, name: '山田花子', country: 'JP' }), 'ja')).toEqual([
    '〒154-0023',
    '東京都世田谷区',
    '太子堂1-2-3',
    '山田花子',
    '日本',
  ])
})

test('an earlier address without a postal code, or with a state that its country does not use, loses nothing', () => {
  const earlier = address({ city: 'Berlin', region: 'Brandenburg', country: 'DE' })
  expect(addressLines(earlier, 'de')).toEqual([
    'Ada Byron',
    '12 Square',
    'Berlin',
    'Brandenburg',
    'Deutschland',
  ])
  expect(addressLines(address({ city: 'Austin', country: 'US' }), 'en')).toContain('Austin')
  expect(addressLines(address({ city: 'Berlin', country: 'ZZ' }), 'en')).toContain('Berlin')
})
