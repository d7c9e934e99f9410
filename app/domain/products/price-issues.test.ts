import { expect, test } from 'vitest'
import { countPriceIssues, needsPriceConfirmation } from './price-issues.ts'

const ok = { missing: 0, free: 0 }

test('variants without a price and free ones are counted', () => {
  const prices = [null, 0, 1, null, 2, 3].map((price) => ({ price }))
  expect(countPriceIssues(prices)).toEqual({ missing: 2, free: 1 })
})

test('publishing with price issues needs a confirmation, a draft does not', () => {
  expect(needsPriceConfirmation(null, { status: 'active', issues: { missing: 0, free: 1 } })).toBe(true)
  expect(needsPriceConfirmation(null, { status: 'active', issues: ok })).toBe(false)
  expect(needsPriceConfirmation(null, { status: 'draft', issues: { missing: 1, free: 1 } })).toBe(false)
})

test('an active product needs no new confirmation until it gets more price issues', () => {
  const before = { status: 'active' as const, issues: { missing: 1, free: 0 } }
  expect(needsPriceConfirmation(before, before)).toBe(false)
  expect(needsPriceConfirmation(before, { status: 'active', issues: { missing: 2, free: 0 } })).toBe(true)
  expect(needsPriceConfirmation({ ...before, status: 'draft' }, before)).toBe(true)
})
