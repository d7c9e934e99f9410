import type { Submission } from '@conform-to/zod/v4'
import { expect, test } from 'vitest'
import { parseFields } from '#app/http/forms/parse-form.ts'
import { generateCodesSchema, newPromotionSchema, toFacts } from './promotion.schema.ts'
import { describeBenefit, describeMethod, describeUses, type PromotionKind } from './promotions.ts'

const shop = { currency: 'EUR', currencyDigits: 2, timeZone: 'Europe/Berlin' }

const typed = { title: 'Spring', method: 'automatic', startsAt: '2026-11-27T10:00' }

function parse(kind: PromotionKind, fields: Record<string, string | string[]>) {
  const sent = Object.entries({ ...typed, ...fields }).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  )
  return parseFields(sent, newPromotionSchema(kind, shop))
}

function facts(kind: PromotionKind, fields: Record<string, string | string[]>) {
  const submission = parse(kind, fields)
  if (submission.status !== 'success') throw new Error(JSON.stringify(submission.error))
  return toFacts(kind, submission.value)
}

/** The fields with errors. */
const refusedBy = (submission: Submission<unknown>) =>
  submission.status === 'error' ? Object.keys(submission.error ?? {}) : []

const errorsOf = (kind: PromotionKind, fields: Record<string, string | string[]>) =>
  refusedBy(parse(kind, fields))

test.each([
  ['20', 2000],
  ['12.5', 1250],
  ['33,33', 3333],
  ['0.01', 1],
  ['100', 10_000],
  ['15 %', 1500],
])('a percentage of “%s” is stored in hundredths: %i', (percent, stored) => {
  expect(facts('percent', { percent }).row.percent).toBe(stored)
})

test.each(['', '0', '0.001', '100.01', '101', '-5', 'ten'])('“%s” is no percentage', (percent) => {
  expect(errorsOf('percent', { percent })).toEqual(['percent'])
})

test('each kind demands its own values', () => {
  expect(errorsOf('percent', {})).toEqual(['percent'])
  expect(errorsOf('fixed', { amount: '0' })).toEqual(['amount'])
  expect(errorsOf('free-shipping', {})).toEqual([])
  expect(errorsOf('buy-x-get-y', {})).toEqual(['percent', 'buyQuantity', 'getQuantity'])
})

test('what the kind does not have is dropped', () => {
  const all = { percent: '10', amount: '5', maxRate: '9', buyQuantity: '2', getQuantity: '1', maxSets: '3' }
  const filled = (kind: PromotionKind) => {
    const { percent, amount, maxRate, buyQuantity, getQuantity, maxSets } = facts(kind, all).row
    return [percent, amount, maxRate, buyQuantity, getQuantity, maxSets]
  }
  expect(filled('percent')).toEqual([1000, null, null, null, null, null])
  expect(filled('fixed')).toEqual([null, 500, null, null, null, null])
  expect(filled('free-shipping')).toEqual([null, null, 900, null, null, null])
  expect(filled('buy-x-get-y')).toEqual([1000, null, null, 2, 1, 3])
})

test('the code is stored in upper case, only for the method that has one', () => {
  expect(facts('fixed', { amount: '5', method: 'code', promotionCode: ' spring-10 ' }).row.code).toBe(
    'SPRING-10',
  )
  expect(facts('fixed', { amount: '5', method: 'automatic', promotionCode: 'SPRING' }).row).toMatchObject({
    isAutomatic: true,
    code: null,
  })
  expect(facts('fixed', { amount: '5', method: 'generated', promotionCode: 'SPRING' }).row).toMatchObject({
    isAutomatic: false,
    code: null,
  })
  expect(errorsOf('fixed', { amount: '5', method: 'code' })).toEqual(['promotionCode'])
  expect(errorsOf('fixed', { amount: '5', method: 'code', promotionCode: 'A B' })).toEqual(['promotionCode'])
})

test('a limited list of products needs at least one, in each list of “buy X get Y”', () => {
  const set = { percent: '100', buyQuantity: '2', getQuantity: '1' }
  expect(errorsOf('buy-x-get-y', { ...set, scope: 'chosen', getScope: 'chosen' })).toEqual([
    'getScope',
    'scope',
  ])
  expect(
    facts('buy-x-get-y', { ...set, scope: 'chosen', productIds: ['3', '4'], getCollectionIds: '7' }),
  ).toMatchObject({
    row: { isForAll: false, getsAll: true },
    items: { productIds: [3, 4], collectionIds: [] },
    gets: null,
  })
  expect(facts('percent', { percent: '5', getScope: 'chosen', getProductIds: '3' }).gets).toBeNull()
})

test('only the chosen minimum is stored', () => {
  const both = { percent: '5', minQuantity: '3', minSubtotal: '50' }
  const minimum = (chosen: string) => {
    const { minQuantity, minSubtotal } = facts('percent', { ...both, minimum: chosen }).row
    return [minQuantity, minSubtotal]
  }
  expect(minimum('none')).toEqual([null, null])
  expect(minimum('quantity')).toEqual([3, null])
  expect(minimum('subtotal')).toEqual([null, 5000])
  expect(errorsOf('percent', { percent: '5', minimum: 'quantity' })).toEqual(['minQuantity'])
  expect(errorsOf('percent', { percent: '5', minimum: 'subtotal', minSubtotal: '0' })).toEqual([
    'minSubtotal',
  ])
})

test('start and end are times of the store’s time zone, the end after the start', () => {
  expect(facts('percent', { percent: '5', endsAt: '2026-12-01T00:00' }).row).toMatchObject({
    startsAt: new Date('2026-11-27T09:00:00Z'),
    endsAt: new Date('2026-11-30T23:00:00Z'),
  })
  expect(errorsOf('percent', { percent: '5', endsAt: '2026-11-27T10:00' })).toEqual(['endsAt'])
  expect(errorsOf('percent', { percent: '5', startsAt: '' })).toEqual(['startsAt'])
})

test('limits are whole numbers of 1 or more, or empty', () => {
  expect(facts('percent', { percent: '5' }).row).toMatchObject({ usageLimit: null, limitPerCustomer: null })
  expect(errorsOf('percent', { percent: '5', usageLimit: '0', limitPerCustomer: '1.5' })).toEqual([
    'usageLimit',
    'limitPerCustomer',
  ])
})

test('1 to 10,000 codes are generated at once; a prefix has letters, digits and hyphens', () => {
  const generate = (fields: Record<string, string>) =>
    refusedBy(parseFields(Object.entries({ version: '1', ...fields }), generateCodesSchema))
  expect(generate({ count: '10000', prefix: 'spring-' })).toEqual([])
  expect(generate({ count: '10001' })).toEqual(['count'])
  expect(generate({ count: '0', prefix: '-A' })).toEqual(['count', 'prefix'])
  expect(generate({ count: '1', prefix: 'A B' })).toEqual(['prefix'])
})

const nothing = {
  ...{ percent: null, amount: null, maxRate: null, buyQuantity: null, getQuantity: null },
  ...{ isForAll: true, items: { products: 0, collections: 0 } },
}
const money = (amount: number) => `€${amount / 100}`

test.each([
  ['20% off everything', { kind: 'percent', percent: 2000 }],
  [
    '12.5% off 3 collections',
    { kind: 'percent', percent: 1250, isForAll: false, items: { products: 0, collections: 3 } },
  ],
  [
    '€5 off 1 collection and 2 products',
    { kind: 'fixed', amount: 500, isForAll: false, items: { products: 2, collections: 1 } },
  ],
  ['€5 off the order', { kind: 'fixed', amount: 500 }],
  ['Free shipping', { kind: 'free-shipping' }],
  ['Free shipping up to €9', { kind: 'free-shipping', maxRate: 900 }],
  [
    'Free shipping with 1 product',
    { kind: 'free-shipping', isForAll: false, items: { products: 1, collections: 0 } },
  ],
  ['Buy 2 get 1 free', { kind: 'buy-x-get-y', percent: 10_000, buyQuantity: 2, getQuantity: 1 }],
  ['Buy 2 get 1 at 50% off', { kind: 'buy-x-get-y', percent: 5000, buyQuantity: 2, getQuantity: 1 }],
] as const)('“%s”', (text, benefit) => {
  expect(describeBenefit({ ...nothing, ...benefit }, money)).toBe(text)
})

test('how it is applied and how often it was used, in words', () => {
  expect(describeMethod({ isAutomatic: true, code: null, generatedCodes: 0 })).toBe('Automatic')
  expect(describeMethod({ isAutomatic: false, code: 'HI', generatedCodes: 0 })).toBe('HI')
  expect(describeMethod({ isAutomatic: false, code: null, generatedCodes: 1000 })).toBe(
    '1,000 generated codes',
  )
  expect(describeUses(12, 100)).toBe('12 of 100')
  expect(describeUses(12, null)).toBe('12')
})
