import type { paymentState, fulfilmentState, orderEventKind } from '#db/schema/orders.ts'

export type PaymentState = (typeof paymentState.enumValues)[number]
export type FulfilmentState = (typeof fulfilmentState.enumValues)[number]
export type OrderEventKind = (typeof orderEventKind.enumValues)[number]

/** The states an order can be in, and where each leads. A cancelled order goes nowhere. */
export const paymentTransitions: Record<PaymentState, PaymentState[]> = {
  unpaid: ['paid'],
  paid: [],
}
export const fulfilmentTransitions: Record<FulfilmentState, FulfilmentState[]> = {
  unfulfilled: ['partly-fulfilled', 'fulfilled'],
  'partly-fulfilled': ['partly-fulfilled', 'fulfilled'],
  fulfilled: [],
}

export type OrderState = {
  paymentState: PaymentState
  fulfilmentState: FulfilmentState
  cancelledAt: Date | null
}

export function canBePaid(order: OrderState): boolean {
  return order.cancelledAt === null && paymentTransitions[order.paymentState].includes('paid')
}

export function canBeFulfilled(order: OrderState): boolean {
  return order.cancelledAt === null && fulfilmentTransitions[order.fulfilmentState].length > 0
}

/** What has left the house cannot be cancelled any more. */
export function canBeCancelled(order: OrderState): boolean {
  return order.cancelledAt === null && order.fulfilmentState === 'unfulfilled'
}

/** Something is still to come: money, or what was ordered. */
export function isUnderWay(order: OrderState): boolean {
  return canBePaid(order) || canBeFulfilled(order)
}

export const paymentStateText = { unpaid: 'Unpaid', paid: 'Paid' } satisfies Record<PaymentState, string>

export const fulfilmentStateText = {
  unfulfilled: 'Unfulfilled',
  'partly-fulfilled': 'Partly fulfilled',
  fulfilled: 'Fulfilled',
} satisfies Record<FulfilmentState, string>

/** Where the order stands, as its buyer would say it. */
export function statusForBuyer(
  order: OrderState & { paymentMethod: 'bank-transfer' | 'cash-on-delivery' },
): string {
  if (order.cancelledAt) return 'Cancelled'
  if (order.fulfilmentState === 'fulfilled') return 'Sent'
  if (order.fulfilmentState === 'partly-fulfilled') return 'Partly sent'
  const isWaitingForMoney = order.paymentMethod === 'bank-transfer' && order.paymentState === 'unpaid'
  return isWaitingForMoney ? 'Waiting for your payment' : 'Being packed'
}

/** "#1001" */
export function orderName(order: { numberPrefix: string; number: number }): string {
  return `${order.numberPrefix}${order.number}`
}

/** The state that follows once so much of each line has been sent. */
export function fulfilmentStateOf(lines: { quantity: number; fulfilledQuantity: number }[]): FulfilmentState {
  if (lines.every((line) => line.fulfilledQuantity === line.quantity)) return 'fulfilled'
  return lines.some((line) => line.fulfilledQuantity > 0) ? 'partly-fulfilled' : 'unfulfilled'
}
