import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priorPriceByHours } from '#tests/support/prior-price-oracle.ts'
import { percentBelow, priorPrice, type RecordedPrice, withPriorPrice } from './prior-price.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 0, 1)

/** A row that starts on a day, published since long ago; "80!" is a reduced price, null is not on sale. */
function row(onDay: number, price: number | `${number}!` | null, publishedOnDay = -1_000): RecordedPrice {
  const isReduced = typeof price === 'string'
  return {
    startsAt: start + onDay * day,
    price: isReduced ? Number.parseInt(price) : price,
    isReduced,
    publishedAt: price === null ? null : start + publishedOnDay * day,
  }
}

const onDay = (days: number, history: RecordedPrice[]) => priorPrice(history, start + days * day)

describe('the prior price', () => {
  test('is the lowest of the 30 days before the reduction', () => {
    expect(onDay(50, [row(0, 100), row(30, 90), row(35, 110), row(50, '80!')])).toBe(90)
  })

  test('includes the price at the start of the 30 days, and nothing that ended before', () => {
    const startOfWindow = row(20, 100)
    expect(
      onDay(50, [row(0, 70), { ...startOfWindow, startsAt: startOfWindow.startsAt + 1 }, row(50, '80!')]),
    ).toBe(70)
    expect(onDay(50, [row(0, 70), startOfWindow, row(50, '80!')])).toBe(100)
  })

  test('stays the same as long as the reduction lasts, and when it goes lower', () => {
    const history = [row(0, 100), row(40, '80!'), row(45, '70!'), row(45, '70!')]
    expect(onDay(40, history.slice(0, 2))).toBe(100)
    expect(onDay(400, history)).toBe(100)
  })

  test('starts anew with a raise, and after a break', () => {
    expect(onDay(50, [row(0, 100), row(40, '80!'), row(45, '90!')])).toBe(80)
    expect(onDay(50, [row(0, 100), row(40, '80!'), row(45, 80), row(46, '80!')])).toBe(80)
    expect(onDay(50, [row(0, 100), row(40, '80!'), row(45, null), row(46, '80!')])).toBe(80)
  })

  test('is unknown without a reduction, and before the first day on sale', () => {
    expect(onDay(50, [row(0, 100)])).toBeNull()
    expect(onDay(50, [])).toBeNull()
    expect(onDay(50, [row(40, '80!')])).toBeNull()
    expect(onDay(50, [row(0, null), row(40, '80!')])).toBeNull()
    // Off sale for more than 30 days.
    expect(onDay(50, [row(0, 100), row(10, null), row(45, '80!')])).toBeNull()
  })

  test('counts from the first day when the product is new', () => {
    expect(onDay(50, [row(45, 100), row(48, 95), row(50, '80!')])).toBe(95)
  })

  test('counts a scheduled product from its publish date', () => {
    expect(onDay(50, [row(0, 60, 48), row(48, 100, 48), row(49, '80!', 48)])).toBe(100)
    expect(onDay(47, [row(0, 100), row(46, '80!', 48)])).toBeNull()
    expect(onDay(48, [row(0, 100), row(46, '80!', 48)])).toBe(100)
  })

  test('ignores what lasted no time: changes of one transaction', () => {
    expect(onDay(50, [row(0, 100), row(40, 80), row(40, '80!')])).toBe(100)
  })

  test('equals what a walk through the hours finds', () => {
    const hours = (least: number, most: number) =>
      fc.integer({ min: least, max: most }).map((count) => count * hour)
    const recorded = fc.record({
      startsAt: fc.oneof(hours(0, 20), hours(700, 760), hours(0, 1_600)),
      price: fc.option(fc.constantFrom(70, 80, 90, 100), { freq: 8 }),
      wantsReduced: fc.integer({ min: 0, max: 3 }),
      published: fc.oneof({ weight: 5, arbitrary: fc.constant(-hour) }, hours(0, 1_600)),
    })
    const history = fc.array(recorded, { maxLength: 9 }).map((rows) =>
      rows
        .sort((a, b) => a.startsAt - b.startsAt)
        .map(({ startsAt, price, wantsReduced, published }): RecordedPrice => ({
          ...{ startsAt, price, isReduced: price !== null && wantsReduced > 0 },
          publishedAt: price === null ? null : published,
        })),
    )
    const now = fc.integer({ min: 0, max: 1_700 * 60 }).map((minutes) => minutes * 60_000)
    let found = 0
    fc.assert(
      fc.property(history, now, (rows, at) => {
        const expected = priorPriceByHours(rows, at)
        if (expected !== null) found += 1
        expect(priorPrice(rows, at)).toBe(expected)
      }),
      { numRuns: 3_000 },
    )
    expect(found).toBeGreaterThan(600)
  })
})

test('the percentage below is rounded down, and absent when there is none', () => {
  expect(percentBelow(67, 100)).toBe(33)
  expect(percentBelow(6_667, 10_000)).toBe(33)
  expect(percentBelow(6_601, 10_000)).toBe(33)
  expect(percentBelow(0, 1)).toBe(100)
  expect(percentBelow(9_999, 10_000)).toBeNull()
  expect(percentBelow(100, 100)).toBeNull()
  expect(percentBelow(100, 80)).toBeNull()
})

test('without a prior price no reduction is announced, unless the store does not show prior prices', () => {
  const variant = { id: 1, price: 80, compareAtPrice: 100 }
  expect(withPriorPrice(variant, undefined)).toEqual(variant)
  expect(withPriorPrice(variant, new Map())).toEqual({ ...variant, compareAtPrice: null })
  expect(withPriorPrice(variant, new Map([[1, 95]]))).toEqual({ ...variant, priorPrice: 95 })
})
