import { expect, test } from 'vitest'
import { statusForCustomer } from './order-states.ts'

const fresh = {
  paymentMethod: 'bank-transfer',
  paymentState: 'pending',
  fulfillmentState: 'unfulfilled',
  canceledAt: null,
} as const

test('statusForCustomer describes the order from the customer’s point of view', () => {
  expect(statusForCustomer(fresh)).toBe('Awaiting payment')
  expect(statusForCustomer({ ...fresh, paymentState: 'paid' })).toBe('Processing')
  expect(statusForCustomer({ ...fresh, paymentMethod: 'cash-on-delivery' })).toBe('Processing')
  expect(statusForCustomer({ ...fresh, fulfillmentState: 'partly-fulfilled' })).toBe('Partially shipped')
  expect(statusForCustomer({ ...fresh, fulfillmentState: 'fulfilled' })).toBe('Shipped')
  expect(statusForCustomer({ ...fresh, paymentState: 'refunded' })).toBe('Refunded')
  expect(statusForCustomer({ ...fresh, canceledAt: new Date(0) })).toBe('Canceled')
})
