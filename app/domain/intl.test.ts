import { expect, test } from 'vitest'
import { dateFormat, formatCount, formatNumber, plural } from './intl.ts'
import { listCountries } from './shipping/countries.ts'

const options: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeZone: 'Europe/Berlin' }

test('a formatter is created once per locale and format', () => {
  expect(dateFormat('en-IE', { ...options })).toBe(dateFormat('en-IE', { ...options }))
  expect(dateFormat('de-DE', options)).not.toBe(dateFormat('en-IE', options))
  expect(dateFormat('en-IE', { ...options, timeZone: 'UTC' })).not.toBe(dateFormat('en-IE', options))
})

test('formatters that are no longer used are evicted', () => {
  const first = dateFormat('en-IE', options)
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== options.timeZone)
  for (const timeZone of others.slice(0, 100)) dateFormat('en-IE', { ...options, timeZone })
  expect(dateFormat('en-IE', options)).not.toBe(first)
})

test('the countries of a locale are named and sorted once', () => {
  const countries = listCountries([], 'fr-CA')
  expect(countries.find(({ code }) => code === 'DE')?.name).toBe('Allemagne')
  expect(countries.map(({ name }) => name).slice(0, 2)).toEqual(['Afghanistan', 'Afrique du Sud'])
  for (let page = 0; page < 10; page += 1) expect(listCountries([], 'fr-CA')).toBe(countries)
  expect(listCountries(['DE', 'AT'], 'fr-CA').map(({ code }) => code)).toEqual(['DE', 'AT'])
})

test('counts are grouped and agree with their noun', () => {
  expect(formatNumber(1_234_567)).toBe('1,234,567')
  expect([0, 1, 2].map((count) => plural(count, 'order'))).toEqual(['orders', 'order', 'orders'])
  expect(formatCount(1, 'item was', 'items were')).toBe('1 item was')
  expect(formatCount(1_000, 'product')).toBe('1,000 products')
})
