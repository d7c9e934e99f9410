import { expect, test } from 'vitest'
import { listShippingOptions } from './shipping.ts'

const settings = {
  shippingLabel: 'Standard delivery',
  shippingRate: 490,
  shippingDaysMin: 2,
  shippingDaysMax: 4,
  timeZone: 'Europe/Berlin',
}
const shippableLines = [{ requiresShipping: true }]

function days(now: string, changes: Partial<typeof settings> = {}) {
  const [option] = listShippingOptions({ ...settings, ...changes }, shippableLines, new Date(now))
  return [option!.earliest, option!.latest]
}

test('delivery dates count business days', () => {
  expect(days('2026-11-23T09:00:00Z')).toEqual(['2026-11-25', '2026-11-27'])
  // A Thursday: the weekend is skipped.
  expect(days('2026-11-26T09:00:00Z')).toEqual(['2026-11-30', '2026-12-02'])
})

test('a shipment of zero days still does not arrive on a Sunday', () => {
  expect(days('2026-11-29T09:00:00Z', { shippingDaysMin: 0, shippingDaysMax: 0 })).toEqual([
    '2026-11-30',
    '2026-11-30',
  ])
})

test('today is the date in the shop’s time zone, not the server’s', () => {
  expect(days('2026-11-23T23:30:00Z')).toEqual(['2026-11-26', '2026-11-30'])
  expect(days('2026-11-23T23:30:00Z', { timeZone: 'Pacific/Kiritimati' })).toEqual([
    '2026-11-26',
    '2026-11-30',
  ])
  expect(days('2026-11-23T23:30:00Z', { timeZone: 'America/St_Johns' })).toEqual(['2026-11-25', '2026-11-27'])
})

test('an order without shippable lines has free shipping', () => {
  const options = listShippingOptions(settings, [{ requiresShipping: false }], new Date())
  expect(options).toEqual([
    { id: 'none', label: 'No shipping required', rate: 0, earliest: null, latest: null },
  ])
})
