import { describe, expect, test } from 'vitest'
import type { ShippingMethod, ShippingZone } from '#app/domain/pricing/shipping-rates.ts'
import { deliveryWindow, listShippingMethods, shippingCountriesOf } from './shipping.ts'

const settings = {
  shippingLabel: 'Standard delivery',
  shippingRate: 490,
  shippingDaysMin: 2,
  shippingDaysMax: 4,
  shippingCountries: [] as string[],
  timeZone: 'Europe/Berlin',
}
const shippable = [{ requiresShipping: true }]

function days(now: string, { timeZone = settings.timeZone, daysMin = 2, daysMax = 4 } = {}) {
  const window = deliveryWindow({ id: 'standard', daysMin, daysMax }, { timeZone }, new Date(now))
  return [window!.earliest, window!.latest]
}

describe('delivery dates', () => {
  test('count business days', () => {
    expect(days('2026-11-23T09:00:00Z')).toEqual(['2026-11-25', '2026-11-27'])
    // A Thursday: the weekend is skipped.
    expect(days('2026-11-26T09:00:00Z')).toEqual(['2026-11-30', '2026-12-02'])
  })

  test('of zero days are still not a Sunday', () => {
    expect(days('2026-11-29T09:00:00Z', { daysMin: 0, daysMax: 0 })).toEqual(['2026-11-30', '2026-11-30'])
  })

  test('start today in the shop’s time zone, not the server’s', () => {
    expect(days('2026-11-23T23:30:00Z')).toEqual(['2026-11-26', '2026-11-30'])
    const [kiritimati, newfoundland] = ['Pacific/Kiritimati', 'America/St_Johns']
    expect(days('2026-11-23T23:30:00Z', { timeZone: kiritimati })).toEqual(['2026-11-26', '2026-11-30'])
    expect(days('2026-11-23T23:30:00Z', { timeZone: newfoundland })).toEqual(['2026-11-25', '2026-11-27'])
  })
})

const method = (id: string): ShippingMethod => ({
  ...{ id, title: id, daysMin: 1, daysMax: 2, isPickup: false, freeFrom: null },
  price: { by: 'flat', rate: 100 },
})
const germany: ShippingZone = {
  ...{ id: 1, title: 'Germany' },
  places: [{ country: 'DE', region: null }],
  methods: [method('parcel'), method('express')],
}
const california: ShippingZone = {
  ...{ id: 2, title: 'California' },
  places: [{ country: 'US', region: 'CA' }],
  methods: [method('truck')],
}
const elsewhere: ShippingZone = { id: 3, title: 'Rest', places: [], methods: [method('air')] }

const idsFor = (zones: ShippingZone[], country: string, region = '', lines = shippable) =>
  listShippingMethods({ settings, zones }, lines, { country, region })?.map(({ id }) => id) ?? null

describe('shipping methods', () => {
  test('without zones, the one of the settings is offered in the chosen countries', () => {
    expect(idsFor([], 'DE')).toEqual(['standard'])
    const limited = { settings: { ...settings, shippingCountries: ['AT'] }, zones: [] }
    expect(listShippingMethods(limited, shippable, { country: 'DE', region: '' })).toBeNull()
    expect(listShippingMethods(limited, shippable, { country: 'AT', region: '' })).toHaveLength(1)
  })

  test('those of the zone: of the region before the country before the rest of the world', () => {
    const zones = [elsewhere, germany, california]
    expect(idsFor(zones, 'DE')).toEqual(['parcel', 'express'])
    expect(idsFor(zones, 'US', 'CA')).toEqual(['truck'])
    expect(idsFor(zones, 'US', 'NY')).toEqual(['air'])
    expect(idsFor([germany, california], 'US', 'NY')).toBeNull()
  })

  test('an order without shippable lines has one free method everywhere', () => {
    expect(idsFor([germany], 'JP', '', [{ requiresShipping: false }])).toEqual(['none'])
  })

  test('the countries to choose from are those of the zones, or all', () => {
    expect(shippingCountriesOf({ ...settings, shippingCountries: ['AT'] }, [])).toEqual(['AT'])
    expect(shippingCountriesOf(settings, [germany, california])).toEqual(['DE', 'US'])
    expect(shippingCountriesOf(settings, [germany, elsewhere])).toEqual([])
  })
})
