import { expect, test } from 'vitest'
import { storeCountryOf, taxLabelOf } from '#app/domain/settings/presets.ts'
import { taxSettings } from '#app/domain/settings/settings.schema.ts'
import { formatRate, parseRate, toPercent } from './tax-rate.ts'
import { newClassSchema, newRateSchema } from './tax.schema.ts'

test.each([
  ['19', 19_000],
  ['8.875', 8_875],
  ['5,5', 5_500],
  ['0', 0],
  ['7 %', 7_000],
  ['100', 100_000],
  ['100.001', null],
  ['8.8751', null],
  ['-1', null],
  ['ten', null],
])('a rate typed as "%s" is %s thousandths of a percent', (typed, rate) => {
  expect(parseRate(typed)).toBe(rate)
  if (rate !== null) expect(parseRate(toPercent(rate))).toBe(rate)
})

test('a rate is shown with the decimals that it has', () => {
  expect([19_000, 8_875, 5_500].map(formatRate)).toEqual(['19%', '8.875%', '5.5%'])
})

const messageOf = (result: { error?: { issues: { message: string }[] } }) => result.error?.issues[0]?.message

test('a rate is for a country or one of its regions, typed by name or code', () => {
  const parse = (changes: object) =>
    newRateSchema.safeParse({ country: 'US', region: 'california', taxClassId: '', rate: '7.25', ...changes })
  expect(parse({}).data).toEqual({ country: 'US', region: 'CA', taxClassId: null, rate: 7_250 })
  expect(parse({ region: '', taxClassId: '3' }).data).toMatchObject({ region: '', taxClassId: 3 })
  expect(messageOf(parse({ country: 'XX' }))).toBe('Choose a country.')
  expect(messageOf(parse({ region: 'Ontario' }))).toContain('Enter a state or province of this country')
  expect(messageOf(parse({ rate: '101' }))).toBe('Enter a percentage from 0 to 100, such as 8.875.')
})

test('no class can be named like the one that is always there', () => {
  expect(messageOf(newClassSchema.safeParse({ title: 'standard' }))).toContain('already have the class')
  expect(newClassSchema.safeParse({ title: 'Reduced' }).success).toBe(true)
})

const settings = {
  ...{ storeCountry: 'DE', storeRegion: '', prices: 'include', taxLabel: 'VAT' },
  ...{ shippingTax: 'goods', allowsReverseCharge: 'on' },
}
const parseSettings = (changes: object) => taxSettings.safeParse({ ...settings, ...changes })

test('tax on shipping is none, that of the goods, the standard rate or that of a class', () => {
  const taxed = (shippingTax: string) => {
    const { data } = parseSettings({ shippingTax })
    return data && [data.shippingTax, data.shippingTaxClassId]
  }
  expect(['none', 'goods', 'standard', '12'].map(taxed)).toEqual([
    ['none', null],
    ['goods', null],
    ['class', null],
    ['class', 12],
  ])
  expect(messageOf(parseSettings({ shippingTax: 'half' }))).toBe('Choose the tax on shipping.')
})

test('reverse charge is for stores in the EU', () => {
  expect(parseSettings({}).data?.allowsReverseCharge).toBe(true)
  expect(parseSettings({ storeCountry: 'US', storeRegion: 'ny' }).data).toMatchObject({
    ...{ storeRegion: 'NY', allowsReverseCharge: false, pricesIncludeTax: true },
  })
  expect(messageOf(parseSettings({ storeRegion: 'Bavaria' }))).toBe(
    'Enter a state or province of this country.',
  )
})

test.each([
  ['de-AT', 'AT', 'VAT'],
  ['en-GB', 'GB', 'VAT'],
  ['en-AU', 'AU', 'GST'],
  ['fr-CA', 'CA', 'GST'],
  ['en-US', 'US', 'Sales tax'],
  ['ja', 'JP', 'Tax'],
  ['en-001', '', 'Tax'],
])('a new store in %s is in "%s" and calls its tax %s', (locale, country, label) => {
  expect(storeCountryOf(locale)).toBe(country)
  expect(taxLabelOf(country)).toBe(label)
})
