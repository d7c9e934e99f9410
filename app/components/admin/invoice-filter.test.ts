import { expect, test } from 'vitest'
import { invoiceFilterOf } from './invoice-filter.ts'

test('the filter has only kinds and days that exist', () => {
  const filter = (query: string) => invoiceFilterOf(new URLSearchParams(query))
  expect(filter('kind=credit-note&from=2026-02-28&to=2028-02-29')).toEqual({
    series: 'credit-note',
    from: '2026-02-28',
    to: '2028-02-29',
  })
  for (const from of ['2026-02-30', '2026-13-01', '2026-1-1', '0000-01-01', "2026-01-01'", ''])
    expect(filter(`kind=x&from=${encodeURIComponent(from)}`)).toEqual({ series: null, from: null, to: null })
})
