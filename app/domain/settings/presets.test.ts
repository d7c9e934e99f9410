import { expect, test } from 'vitest'
import { countryCodes } from '#app/domain/shipping/countries.ts'
import { currencyOf, presetsFor } from './presets.ts'
import { currencies, localeChoices, timeZones, withCurrent } from './regions.ts'
import { regionSettings, shippingSettings } from './settings.schema.ts'

test.each([
  ['en-US,en;q=0.9', { locale: 'en-US', currency: 'USD', timeZone: 'America/New_York' }],
  ['de-AT', { locale: 'de-AT', currency: 'EUR', timeZone: 'Europe/Vienna' }],
  ['ja', { locale: 'ja-JP', currency: 'JPY', timeZone: 'Asia/Tokyo' }],
  ['pt-BR, pt;q=0.8', { locale: 'pt-BR', currency: 'BRL', timeZone: 'America/Sao_Paulo' }],
  ['*', { locale: 'en-GB', currency: 'EUR', timeZone: 'UTC' }],
  ['x'.repeat(50), { locale: 'en-GB', currency: 'EUR', timeZone: 'UTC' }],
  [null, { locale: 'en-GB', currency: 'EUR', timeZone: 'UTC' }],
])('a browser that asks for %s starts with %o', (header, presets) => {
  expect(presetsFor(header)).toEqual(presets)
})

test('every country starts with values that the settings accept, and with a language of the list', () => {
  const offered = new Set(localeChoices().map(({ value }) => value))
  for (const code of countryCodes) {
    const presets = presetsFor(`en-${code}`)
    expect(regionSettings.safeParse(presets).error, code).toBeUndefined()
    expect(offered.has(presets.locale), presets.locale).toBe(true)
    if (code !== 'AQ' && currencyOf(code) === 'EUR') expect(euro, code).toContain(code)
  }
})

const euro =
  'AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM VA XK YT'

test('a code of no country, currency, time zone or language is refused in words', () => {
  const region = { currency: 'EUR', locale: 'en-IE', timeZone: 'Europe/Dublin' }
  const messages = (changes: object) =>
    regionSettings.safeParse({ ...region, ...changes }).error?.issues.map(({ message }) => message)
  expect(messages({})).toBeUndefined()
  expect(messages({ currency: 'XX' })).toEqual(['Choose a currency.'])
  expect(messages({ locale: 'XX' })).toEqual(['Choose a language and region.'])
  expect(messages({ timeZone: 'XX' })).toEqual(['Choose a time zone.'])
  expect(currencies.length > 100 && timeZones.length > 300).toBe(true)
})

const shipping = {
  ...{ shippingLabel: 'Post', shippingRate: '4.90', shippingDaysMin: '1', shippingDaysMax: '3' },
  ...{ shipsTo: 'selected', shippingCountries: ['IE', 'DE'] },
}

test('countries are those of the list, at least one unless the store ships everywhere', () => {
  const parse = (changes: object) =>
    shippingSettings({ currency: 'EUR', currencyDigits: 2 }).safeParse({ ...shipping, ...changes })
  expect(parse({}).data).toMatchObject({ shippingCountries: ['IE', 'DE'], shippingRate: 490 })
  expect(parse({ shipsTo: 'everywhere' }).data).toMatchObject({ shippingCountries: [] })
  expect(parse({ shippingCountries: ['XX'] }).error?.issues[0]?.message).toBe(
    'Choose countries from the list.',
  )
  expect(parse({ shippingCountries: [] }).error?.issues[0]?.message).toBe(
    'Choose at least one country, or ship to all countries.',
  )
})

test('a language that is not on the list stays selected', () => {
  expect(withCurrent(localeChoices(), 'ja')[0]).toEqual({ value: 'ja', label: 'Japanese · ja' })
  expect(withCurrent(localeChoices(), 'de-AT')).toBe(localeChoices())
})
