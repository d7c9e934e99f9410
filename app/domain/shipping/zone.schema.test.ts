import { expect, test } from 'vitest'
import { normalizeText } from '#app/domain/clean-text.ts'
import { checkAddress } from './address-check.server.ts'
import { describePlaces, listPlaceChoices, placeKey, readPlace, readRegion } from './places.server.ts'
import { tierGaps } from './tiers.ts'
import { describeDays, describeGaps, describePrice } from './zone-words.ts'
import { newMethodSchema, newZoneSchema } from './zone.schema.ts'

const euros = { currency: 'EUR', currencyDigits: 2 }

const messagesOf = (result: { error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
  result.error?.issues.map(({ path, message }) => [path.join('.'), message])

const parseZone = (changes: object) =>
  newZoneSchema.safeParse({ title: 'Europe', covers: 'places', places: ['DE'], ...changes })

test('a zone has countries and regions, each once; of a whole country no single regions', () => {
  expect(parseZone({ places: ['US-CA', 'DE', 'US-NY', 'DE'] }).data?.places).toEqual([
    { country: 'US', region: 'CA' },
    { country: 'DE', region: '' },
    { country: 'US', region: 'NY' },
  ])
  expect(parseZone({ places: ['US-CA', 'US'] }).data?.places).toEqual([{ country: 'US', region: '' }])
  expect(parseZone({ covers: 'rest' }).data).toEqual({ title: 'Europe', isRestOfWorld: true, places: [] })
})

test.each(['XX', 'US-XX', 'DE-BY', 'US_CA', 'usa', ''])('"%s" is no place of a zone', (key) => {
  expect(messagesOf(parseZone({ places: [key] }))).toEqual([
    ['places.0', 'Choose countries and regions from the list.'],
  ])
})

test('a zone without a place is refused in words', () => {
  expect(messagesOf(parseZone({ places: [] }))).toEqual([
    ['places', 'Choose at least one country or region, or the rest of the world.'],
  ])
})

test('each region of the list is stored as an address in it stores its region, also when sent as form text', () => {
  const regions = listPlaceChoices().flatMap(({ code, regions: of }) =>
    of.map(({ value, name }) => ({ country: code, region: value, name })),
  )
  expect(regions.length).toBeGreaterThan(1000)
  for (const { country, region, name } of regions) {
    const key = placeKey({ country, region })
    expect(readPlace(normalizeText(key).trim()), key).toEqual({ country, region })
    expect(checkAddress({ country, region }).values.region, key).toBe(region)
    expect(checkAddress({ country, region: name }).values.region, key).toBe(readRegion(country, name))
  }
})

test('a typed region may be its name or code; one of another country is none', () => {
  expect(readRegion('US', 'california')).toBe('CA')
  expect(readRegion('US', 'ca')).toBe('CA')
  expect(readRegion('DE', '')).toBe('')
  expect(readRegion('CA', 'California')).toBe(null)
  expect(readRegion('DE', 'Bayern')).toBe(null)
})

test('the places of a zone in words', () => {
  const place = (country: string, region = '') => ({ country, region })
  expect(describePlaces([place('US', 'CA'), place('DE'), place('US', 'NY')])).toBe(
    'Germany, United States (California, New York)',
  )
  expect(describePlaces([place('AT'), place('DE'), place('FR')], 2)).toBe(
    'Austria, France and 1 more country',
  )
})

const method = {
  ...{
    title: 'Post',
    priceBy: 'weight',
    rate: '',
    weightUnit: 'kg',
    freeFrom: '',
    daysMin: '1',
    daysMax: '3',
  },
  tiers: [{ from: '', below: '2', rate: '4.90' }],
}

const parseMethod = (changes: object) => newMethodSchema(euros).safeParse({ ...method, ...changes })
const row = (from: string, below: string, rate = '1') => ({ from, below, rate })

test('weights are typed in kg or g, amounts in the store’s currency; blank rows are dropped', () => {
  const tiers = [row('2', '5,5', '6.90'), row('', '', ''), row('', '2', '4,90'), row('5.5', '')]
  expect(parseMethod({ tiers }).data?.tiers).toEqual([
    { from: 0, below: 2000, rate: 490 },
    { from: 2000, below: 5500, rate: 690 },
    { from: 5500, below: null, rate: 100 },
  ])
  expect(parseMethod({ weightUnit: 'g', tiers: [row('', '750')] }).data?.tiers[0]?.below).toBe(750)
  expect(parseMethod({ priceBy: 'subtotal', tiers: [row('', '50')] }).data?.tiers[0]?.below).toBe(5000)
  expect(parseMethod({ priceBy: 'flat', rate: '3', freeFrom: '50' }).data).toMatchObject({
    ...{ rate: 300, tiers: [], freeFrom: 5000 },
  })
})

test.each<[string, object, [string, string][]]>([
  ['no row', { tiers: [] }, [['tiers.0.rate', 'Fill in at least one row.']]],
  [
    'an overlap',
    { tiers: [row('', '3'), row('2', '5')] },
    [['tiers.1.from', 'This row overlaps with another one.']],
  ],
  [
    'two rows without an end',
    { tiers: [row('', ''), row('2', '')] },
    [['tiers.0.below', 'Only the last row can have no end.']],
  ],
  [
    'an end before the beginning',
    { tiers: [row('2', '2')] },
    [['tiers.0.below', '“Below” must be more than “From”.']],
  ],
  [
    'a weight and a rate that are no numbers',
    { tiers: [row('x', '2', 'y')] },
    [
      ['tiers.0.from', 'Enter a weight, such as 2.5.'],
      ['tiers.0.rate', 'Enter an amount, such as 4.90.'],
    ],
  ],
  [
    'a row without a rate',
    { tiers: [row('', '2', '')] },
    [['tiers.0.rate', 'Enter the rate; 0 for free shipping.']],
  ],
  ['a flat method without a rate', { priceBy: 'flat' }, [['rate', 'Enter the rate; 0 for free shipping.']]],
  ['days in reverse', { daysMin: '4' }, [['daysMax', 'The maximum can’t be less than the minimum.']]],
])('%s is refused in words', (_, changes, messages) => {
  expect(messagesOf(parseMethod(changes))).toEqual(messages)
})

test('what no row is for is known, and said', () => {
  const tier = (from: number, below: number | null) => ({ from, below, rate: 100 })
  expect(tierGaps([tier(0, null)])).toEqual([])
  expect(tierGaps([tier(500, 1000), tier(2000, 3000)])).toEqual([
    { from: 0, below: 500 },
    { from: 1000, below: 2000 },
    { from: 3000, below: null },
  ])
  const shop = { ...euros, locale: 'en-IE' }
  const price = { priceBy: 'weight', rate: 0, freeFrom: null, tiers: [tier(0, 2000)] } as const
  expect(describeGaps({ ...price, tiers: [...price.tiers] }, shop)).toBe('from 2 kg')
})

test('a method in words', () => {
  const shop = { ...euros, locale: 'en-IE' }
  const flat = { priceBy: 'flat' as const, rate: 490, tiers: [], freeFrom: 5000 }
  expect(describePrice(flat, shop)).toBe('€4.90, free from €50.00')
  expect(describePrice({ ...flat, rate: 0, freeFrom: null }, shop)).toBe('Free')
  const tiers = [
    { from: 0, below: 2000, rate: 490 },
    { from: 2000, below: null, rate: 990 },
  ]
  expect(describePrice({ priceBy: 'weight', rate: 0, tiers, freeFrom: null }, shop)).toBe(
    'By weight: €4.90 for 0–2 kg, €9.90 from 2 kg',
  )
  expect(describePrice({ priceBy: 'subtotal', rate: 0, tiers, freeFrom: null }, shop)).toBe(
    'By subtotal: €4.90 for €0.00–€20.00, €9.90 from €20.00',
  )
  const days = (isPickup: boolean, daysMin: number, daysMax: number) =>
    describeDays({ isPickup, daysMin, daysMax })
  expect(days(false, 2, 4)).toBe('2–4 business days')
  expect(days(true, 1, 1)).toBe('Local pickup, ready in 1 business day')
  expect(days(true, 0, 0)).toBe('Local pickup, ready the same day')
})
