import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMoney, maxAmount, minorDigits, parseDecimal, toDecimal } from './money.ts'

test('minorDigits knows currencies without cents and with three decimals', () => {
  expect(['EUR', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 0, 3])
  expect(formatMoney(4210, { currency: 'EUR', locale: 'en-IE' })).toBe('€42.10')
  expect(formatMoney(4210, { currency: 'JPY', locale: 'en-US' })).toBe('¥4,210')
  expect(toDecimal(5, 'EUR')).toBe('0.05')
  expect(toDecimal(-1234, 'KWD')).toBe('-1.234')
  expect(toDecimal(7, 'JPY')).toBe('7')
})

test.each([
  ['42', 4200],
  ['42.1', 4210],
  ['42,10', 4210],
  ['1 234.50', 123450],
  ["1'234.50", 123450],
  ['1,234.50', 123450],
  ['1,234,567', 123456700],
  ['1,234', 123400],
  ['0', 0],
])('reads %s', (typed, amount) => {
  expect(parseDecimal(typed, 'EUR')).toBe(amount)
})

test.each([
  '',
  '-1',
  '1.2.3',
  '1e3',
  '１',
  'NaN',
  'Infinity',
  '0x10',
  '1,23,4.5',
  '99999999999999',
  '10000000000.01',
])('refuses %s', (typed) => {
  expect(parseDecimal(typed, 'EUR')).toBeNull()
})

test('an amount written as a decimal is parsed back, in any currency', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: maxAmount }),
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      (amount, currency) => {
        expect(parseDecimal(toDecimal(amount, currency), currency)).toBe(amount)
      },
    ),
  )
})

test('parseDecimal never throws, and returns only amounts that the database accepts', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const amount = parseDecimal(typed, 'EUR', { round: true })
      expect(amount === null || (Number.isSafeInteger(amount) && amount >= 0 && amount <= maxAmount)).toBe(
        true,
      )
    }),
  )
})
