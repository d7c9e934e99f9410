import { expect, test } from 'vitest'
import { queries, texts } from '#tests/support/fuzz-inputs.ts'
import { countedQuery } from './counted-query.ts'

test('spellings of one query are counted as one', () => {
  for (const typed of ['Crème  brûlée', ' creme brulee ', 'CRÈME BRÛLÉE', 'cre\u0300me bru\u0302le\u0301e'])
    expect(countedQuery(typed)).toBe('creme brulee')
  // Marks of other scripts distinguish letters.
  expect(countedQuery('Йод')).toBe('йод')
  expect(countedQuery('がく')).toBe('がく')
  expect(countedQuery('🪴 Pot')).toBe('🪴 pot')
})

test('what looks like an email address or a card number is not counted, a barcode is', () => {
  for (const typed of ['', '   ', 'ada@example.com', '4242 4242 4242 4242', '4242-4242-4242-424'])
    expect(countedQuery(typed)).toBe(null)
  expect(countedQuery('4006381333931')).toBe('4006381333931')
})

test('any text becomes at most 100 characters, and the same when it is folded again', () => {
  const typed = [...queries.map(String), ...texts.map(([, text]) => text), 'İ'.repeat(10_000), '\0%_\\']
  for (const text of typed) {
    const query = countedQuery(text)
    if (query === null) continue
    expect(query.length, text).toBeLessThanOrEqual(100)
    expect(query, text).not.toMatch(/[\p{Cc}\uFFFD]|^\s|\s$/u)
    expect(countedQuery(query), text).toBe(query)
  }
})
