import { expect, test } from 'vitest'
import { fromProviderAmount, toProviderAmount } from './card-amounts.ts'

test.each([
  ['EUR', 2, 4210, 4210],
  ['JPY', 0, 4210, 4210],
  // Króna and forint: written without decimals, charged in hundredths.
  ['ISK', 0, 4210, 421_000],
  ['HUF', 2, 421_000, 421_000],
  ['KWD', 3, 42_100, 42_100],
  ['MGA', 2, 421_000, 4210],
])('%s with %i digits: %i is charged as %i and back', (currency, currencyDigits, amount, charged) => {
  expect(toProviderAmount(amount, { currency, currencyDigits })).toBe(charged)
  expect(fromProviderAmount(charged, { currency, currencyDigits })).toBe(amount)
})

test.each([
  ['KWD', 3, 42_105],
  ['MGA', 2, 421_050],
  ['UGX', 0, 42_100],
])('%s with %i digits: %i cannot be charged exactly', (currency, currencyDigits, amount) => {
  expect(toProviderAmount(amount, { currency, currencyDigits })).toBeNull()
})
