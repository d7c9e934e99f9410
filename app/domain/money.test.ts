import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMoney, isoDigits, maxAmount, parseDecimal, toDecimal } from './money.ts'

const euro = { currency: 'EUR', currencyDigits: 2 }
const yen = { currency: 'JPY', currencyDigits: 0 }
const dinar = { currency: 'KWD', currencyDigits: 3 }
const forint = { currency: 'HUF', currencyDigits: 2 }

test('amounts have the digits of their currency', () => {
  const codes = ['EUR', 'JPY', 'KWD', 'HUF', 'IDR', 'ISK', 'BHD', 'CLF']
  expect(codes.map(isoDigits)).toEqual([2, 0, 3, 2, 2, 0, 3, 4])
  expect(formatMoney(4210, { ...euro, locale: 'en-IE' })).toBe('€42.10')
  expect(formatMoney(4200, { ...euro, locale: 'en-IE' })).toBe('€42.00')
  expect(formatMoney(4210, { ...yen, locale: 'en-US' })).toBe('¥4,210')
  expect(toDecimal(5, euro)).toBe('0.05')
  expect(toDecimal(-1234, dinar)).toBe('-1.234')
  expect(toDecimal(7, yen)).toBe('7')
})

test('stored digits count, not those of Intl, which are only left out where a whole amount is usual', () => {
  const text = (amount: number, digits: number) =>
    formatMoney(amount, { currency: 'HUF', currencyDigits: digits, locale: 'en' }).replace('\u00a0', ' ')
  expect([text(1_999_000, 2), text(1_999_050, 2), text(19_990, 0)]).toEqual([
    'HUF 19,990',
    'HUF 19,990.50',
    'HUF 19,990',
  ])
  expect(parseDecimal('19990', forint)).toBe(1_999_000)
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
  expect(parseDecimal(typed, euro)).toBe(amount)
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
  expect(parseDecimal(typed, euro)).toBeNull()
})

test('an amount written as a decimal is parsed back, in any currency', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: maxAmount }),
      fc.constantFrom(euro, yen, dinar),
      (amount, currency) => {
        expect(parseDecimal(toDecimal(amount, currency), currency)).toBe(amount)
      },
    ),
  )
})

test('parseDecimal never throws, and returns only amounts that the database accepts', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const amount = parseDecimal(typed, euro, { round: true })
      expect(amount === null || (Number.isSafeInteger(amount) && amount >= 0 && amount <= maxAmount)).toBe(
        true,
      )
    }),
  )
})
