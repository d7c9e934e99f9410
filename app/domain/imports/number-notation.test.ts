import { expect, test } from 'vitest'
import { canMean, detectNotation, splitCurrency, toPlainNumber } from './number-notation.ts'

const unknown = { point: null, comma: null }

test.each([
  ['12', '12'],
  ['12.5', '12.5'],
  ['12,50', '12.50'],
  ['1.234,50', '1234.50'],
  ['1,234.50', '1234.50'],
  ['1 234,50', '1234.50'],
  ['1\u00a0234,50', '1234.50'],
  ['1\u202f234\u202f567,5', '1234567.5'],
  ["1'234.50", '1234.50'],
  ['1’234.50', '1234.50'],
  ['1.234.567', '1234567'],
  ['12,34,567.80', '1234567.80'],
  ['0.999', '0.999'],
  ['1234.567', '1234.567'],
])('%s can only be %s', (text, plain) => {
  expect(toPlainNumber(text, unknown)).toEqual({ ok: true, plain })
})

test.each([
  '',
  'abc',
  '-1',
  '1.2.3',
  '1,2.3,4',
  '1.23,456.7',
  '12 34',
  '1..2',
  '.',
  '1e5',
  '٣',
  '12.',
  '1.234,',
])('%s is not a number', (text) => {
  expect(toPlainNumber(text, unknown)).toMatchObject({ ok: false, reason: 'not-a-number' })
})

test('a separator in front of three digits means what it means in the rest of the file', () => {
  expect(toPlainNumber('1.234', unknown)).toEqual({ ok: false, reason: 'ambiguous' })
  expect(toPlainNumber('1.234', { point: 'grouping', comma: null })).toEqual({ ok: true, plain: '1234' })
  expect(toPlainNumber('1.234', { point: 'decimal', comma: null })).toEqual({ ok: true, plain: '1.234' })
  expect(toPlainNumber('1,234', { point: null, comma: 'grouping' })).toEqual({ ok: true, plain: '1234' })
})

test.each([
  ['$19.99', '19.99', '$'],
  ['US$ 19.99', '19.99', 'US$'],
  ['19,99 €', '19,99', '€'],
  ['CHF 12.-', '12', 'CHF'],
  ['12.– Fr.', '12', 'Fr.'],
  ['1 299,- kr', '1 299', 'kr'],
  ['12 zł', '12', 'zł'],
  ['usd 5', '5', 'usd'],
  ['12', '12', ''],
  ['abc 12', 'abc 12', ''],
])('%s is %s and the currency %s', (text, number, currency) => {
  expect(splitCurrency(text)).toEqual({ number, currency })
})

test('symbols and codes are compared with the store’s currency', () => {
  expect(['$', 'USD', 'US$', 'usd'].map((typed) => canMean(typed, 'USD', 'en-US'))).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(['€', 'CA$', 'CHF'].map((typed) => canMean(typed, 'USD', 'en-US'))).toEqual([false, false, false])
  expect(canMean('Fr.', 'CHF', 'de-CH')).toBe(true)
})

test.each([
  ['prices with a point', ['19.99', '1.234'], ';', 'de-DE', 'decimal', 'grouping', '19.99'],
  ['prices with a comma', ['9,90', '1.234,50 €'], ',', 'en-US', 'grouping', 'decimal', '1.234,50 €'],
  ['both', ['9.90', '1.234,50'], ',', 'en-US', null, null, '9.90 and 1.234,50'],
  ['none, in a file with commas', ['19'], ',', 'de-DE', 'decimal', null, '19'],
  ['none, in an American store', ['1,234'], ',', 'en-US', 'decimal', 'grouping', '1,234'],
  ['none, with semicolons in a German store', ['1.234'], ';', 'de-DE', 'grouping', null, '1.234'],
  ['none, with tabs in an American store', ['1,234'], '\t', 'en-US', null, 'grouping', '1,234'],
])('the notation follows %s', (_, prices, separator, locale, point, comma, price) => {
  expect(detectNotation(prices, { separator, locale })).toEqual({ numbers: { point, comma }, price })
})
