import { expect, test } from 'vitest'
import { type Encoding, negotiateEncoding } from './accept-encoding.ts'

const negotiate = (accepted: string | undefined, available?: Encoding[]) =>
  negotiateEncoding({ headers: { 'accept-encoding': accepted } }, available)

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['GZIP', 'gzip'],
  ['*', 'br'],
  ['br;q=0', undefined],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.000, *', 'gzip'],
  ['br; q=0.1, gzip;q=0.9', 'gzip'],
  ['identity, br;q=0.5', undefined],
  ['identity;q=0', undefined],
  ['*;q=0', undefined],
  ['brotli, xbr, br2', undefined],
  ['', undefined],
  [undefined, undefined],
])('negotiateEncoding answers Accept-Encoding %j with %s', (accepted, encoding) => {
  expect(negotiate(accepted)).toBe(encoding)
})

test('negotiateEncoding chooses only an available encoding', () => {
  expect(negotiate('br', ['gzip'])).toBeUndefined()
  expect(negotiate('br, gzip;q=0.5', ['gzip'])).toBe('gzip')
})
