import type { PaymentMethodId } from '#app/domain/payments/payments.ts'
import type { paymentState, fulfillmentState } from '#db/schema/orders.ts'
import type { returnState } from '#db/schema/returns.ts'
import { type LineUnits, unitsToShip } from './packing.ts'

/** The states of an order, of its payment and of its returns, and their transitions. */

export type PaymentState = (typeof paymentState.enumValues)[number]
export type FulfillmentState = (typeof fulfillmentState.enumValues)[number]
export type ReturnState = (typeof returnState.enumValues)[number]

/**
 * `pending` again: the order was edited and costs more. Refunded from `pending`: a part was received and is paid back.
 * Back from a refunded state: a refund failed. `voided` from `paid`: there was nothing to pay. `voided`, then `paid`: a
 * payment that arrived after the order was canceled, or another one after an authorization was voided.
 */
export const paymentTransitions: Record<PaymentState, PaymentState[]> = {
  pending: ['authorized', 'paid', 'voided', 'partially-refunded', 'refunded'],
  authorized: ['pending', 'paid', 'voided', 'partially-refunded', 'refunded'],
  paid: ['partially-refunded', 'refunded', 'pending', 'voided'],
  'partially-refunded': ['refunded', 'paid', 'pending', 'authorized'],
  refunded: ['partially-refunded', 'paid', 'pending', 'authorized'],
  voided: ['paid', 'pending', 'authorized'],
}

/** Backwards: a shipment was canceled. */
export const fulfillmentTransitions: Record<FulfillmentState, FulfillmentState[]> = {
  unfulfilled: ['partly-fulfilled', 'fulfilled'],
  'partly-fulfilled': ['partly-fulfilled', 'fulfilled', 'unfulfilled'],
  fulfilled: ['partly-fulfilled', 'unfulfilled'],
}

export const returnTransitions: Record<ReturnState, ReturnState[]> = {
  requested: ['approved', 'declined', 'canceled'],
  approved: ['received', 'canceled'],
  declined: [],
  received: ['refunded'],
  refunded: [],
  canceled: [],
}

/** Throws when a state cannot follow another one: a command has let through what it had to refuse. */
export function requireTransition<State extends string>(
  transitions: Record<State, State[]>,
  from: State,
  to: State,
): void {
  if (from !== to && !transitions[from].includes(to)) throw new Error(`No transition from ${from} to ${to}`)
}

export type PaymentSums = {
  total: number
  receivedTotal: number
  authorizedTotal: number
  /** Pending and done. */
  refundedTotal: number
  canceledAt: Date | null
}

/**
 * The payment state follows from the sums, in minor units. An order whose authorization was voided stays voided until
 * another payment, or until staff cancel it.
 */
export function paymentStateOf(order: PaymentSums & { wasReleased: boolean }): PaymentState {
  const { total, receivedTotal, authorizedTotal, refundedTotal } = order
  if (refundedTotal > 0) return refundedTotal >= receivedTotal ? 'refunded' : 'partially-refunded'
  if (order.canceledAt && receivedTotal === 0) return 'voided'
  if (receivedTotal >= total || order.canceledAt) return 'paid'
  if (authorizedTotal >= total - receivedTotal) return 'authorized'
  return order.wasReleased && receivedTotal === 0 ? 'voided' : 'pending'
}

/** What the customer still has to pay, in minor units: nothing once a refund was made. */
export function amountDue(order: PaymentSums): number {
  if (order.canceledAt || order.refundedTotal > 0) return 0
  return Math.max(0, order.total - order.receivedTotal)
}

/** What can still be paid back, in minor units. */
export function refundableAmount(order: Pick<PaymentSums, 'receivedTotal' | 'refundedTotal'>): number {
  return order.receivedTotal - order.refundedTotal
}

export type OrderState = {
  paymentState: PaymentState
  fulfillmentState: FulfillmentState
  canceledAt: Date | null
}

/** Something is still to be paid: staff can record it, and the customer can pay by card. */
export function canBePaid(order: OrderState): boolean {
  return order.canceledAt === null && unpaidStates.includes(order.paymentState)
}

export const unpaidStates: PaymentState[] = ['pending', 'voided']

/** Bank transfer and cash on delivery may be paid later; a card payment has to be held or received first. */
export function canBeFulfilled(
  order: OrderState & { paymentMethod: PaymentMethodId; isDisputed: boolean },
): boolean {
  const waitsForCard = order.paymentMethod === 'stripe' && canBePaid(order)
  return (
    order.canceledAt === null && order.fulfillmentState !== 'fulfilled' && !waitsForCard && !order.isDisputed
  )
}

/** Shipped orders cannot be canceled. */
export function canBeCanceled(order: OrderState): boolean {
  return order.canceledAt === null && order.fulfillmentState === 'unfulfilled'
}

/** Nothing was paid yet, and nothing was shipped: the order can expire. A part that was received keeps it. */
export function waitsForPayment(order: OrderState & Pick<PaymentSums, 'receivedTotal'>): boolean {
  return canBeCanceled(order) && order.paymentState === 'pending' && order.receivedTotal === 0
}

/** Lines and shipping can be changed until something is shipped or refunded. */
export function canBeEdited(order: OrderState & { isDisputed: boolean }): boolean {
  const isRefunded = order.paymentState === 'partially-refunded' || order.paymentState === 'refunded'
  const isOpen = order.canceledAt === null && order.fulfillmentState === 'unfulfilled'
  return isOpen && !isRefunded && !order.isDisputed && order.paymentState !== 'authorized'
}

/** Customers can cancel what they have not paid yet. */
export function canBeCanceledByCustomer(order: OrderState): boolean {
  return canBeCanceled(order) && canBePaid(order)
}

/** All of it was refunded and nothing shipped, so nothing is. */
function isRefundedUnshipped({ paymentState, fulfillmentState }: OrderState): boolean {
  return paymentState === 'refunded' && fulfillmentState === 'unfulfilled'
}

/** Something is still outstanding: payment or shipment. */
export function isInTransit(order: OrderState): boolean {
  if (isRefundedUnshipped(order)) return false
  const isOpen = canBePaid(order) || order.fulfillmentState !== 'fulfilled'
  return order.canceledAt === null && isOpen
}

export const paymentStateLabels = {
  pending: 'Payment pending',
  authorized: 'Authorized',
  paid: 'Paid',
  'partially-refunded': 'Partially refunded',
  refunded: 'Refunded',
  voided: 'Voided',
} satisfies Record<PaymentState, string>

export const fulfillmentStateLabels = {
  unfulfilled: 'Unfulfilled',
  'partly-fulfilled': 'Partially fulfilled',
  fulfilled: 'Fulfilled',
} satisfies Record<FulfillmentState, string>

export const returnStateLabels = {
  requested: 'Return requested',
  approved: 'Return approved',
  declined: 'Return declined',
  received: 'Return received',
  refunded: 'Return refunded',
  canceled: 'Return canceled',
} satisfies Record<ReturnState, string>

/** The order's status, from the customer's point of view. */
export function statusForCustomer(order: OrderState & { paymentMethod: PaymentMethodId }): string {
  if (order.canceledAt) return 'Canceled'
  if (isRefundedUnshipped(order)) return 'Refunded'
  if (order.fulfillmentState === 'fulfilled') return 'Shipped'
  if (order.fulfillmentState === 'partly-fulfilled') return 'Partially shipped'
  if (order.paymentState === 'refunded') return 'Refunded'
  const paysFirst = order.paymentMethod !== 'cash-on-delivery'
  return paysFirst && canBePaid(order) ? 'Awaiting payment' : 'Processing'
}

/** The fulfillment state after the given quantities of each line were shipped, or were refunded before. */
export function fulfillmentStateOf(lines: LineUnits[]): FulfillmentState {
  if (lines.every((line) => line.fulfilledQuantity === 0)) return 'unfulfilled'
  return lines.every((line) => unitsToShip(line) === 0) ? 'fulfilled' : 'partly-fulfilled'
}
