import { expect, test } from 'vitest'
import { statusForBuyer } from './orders.ts'

const fresh = {
  paymentMethod: 'bank-transfer',
  paymentState: 'unpaid',
  fulfilmentState: 'unfulfilled',
  cancelledAt: null,
} as const

test('an order is said to stand where its buyer thinks it does', () => {
  expect(statusForBuyer(fresh)).toBe('Waiting for your payment')
  expect(statusForBuyer({ ...fresh, paymentState: 'paid' })).toBe('Being packed')
  expect(statusForBuyer({ ...fresh, paymentMethod: 'cash-on-delivery' })).toBe('Being packed')
  expect(statusForBuyer({ ...fresh, fulfilmentState: 'partly-fulfilled' })).toBe('Partly sent')
  expect(statusForBuyer({ ...fresh, fulfilmentState: 'fulfilled' })).toBe('Sent')
  expect(statusForBuyer({ ...fresh, cancelledAt: new Date(0) })).toBe('Cancelled')
})
