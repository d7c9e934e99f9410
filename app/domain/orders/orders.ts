import type { PaymentMethodId } from '#app/domain/payments/payments.ts'
import type { Address } from '#app/domain/shipping/address.ts'
import type { paymentState, fulfillmentState, orderEventKind } from '#db/schema/orders.ts'

export type PaymentState = (typeof paymentState.enumValues)[number]
export type FulfillmentState = (typeof fulfillmentState.enumValues)[number]
export type OrderEventKind = (typeof orderEventKind.enumValues)[number]

/** The states of an order and their transitions. A canceled order has none. */
export const paymentTransitions: Record<PaymentState, PaymentState[]> = {
  unpaid: ['paid'],
  paid: [],
}
export const fulfillmentTransitions: Record<FulfillmentState, FulfillmentState[]> = {
  unfulfilled: ['partly-fulfilled', 'fulfilled'],
  'partly-fulfilled': ['partly-fulfilled', 'fulfilled'],
  fulfilled: [],
}

export type OrderState = {
  paymentState: PaymentState
  fulfillmentState: FulfillmentState
  canceledAt: Date | null
}

export function canBePaid(order: OrderState): boolean {
  return order.canceledAt === null && paymentTransitions[order.paymentState].includes('paid')
}

export function canBeFulfilled(order: OrderState): boolean {
  return order.canceledAt === null && fulfillmentTransitions[order.fulfillmentState].length > 0
}

/** Shipped orders cannot be canceled. */
export function canBeCanceled(order: OrderState): boolean {
  return order.canceledAt === null && order.fulfillmentState === 'unfulfilled'
}

/** Something is still outstanding: payment or shipment. */
export function isInTransit(order: OrderState): boolean {
  return canBePaid(order) || canBeFulfilled(order)
}

export const paymentStateLabels = { unpaid: 'Unpaid', paid: 'Paid' } satisfies Record<PaymentState, string>

export const fulfillmentStateLabels = {
  unfulfilled: 'Unfulfilled',
  'partly-fulfilled': 'Partially fulfilled',
  fulfilled: 'Fulfilled',
} satisfies Record<FulfillmentState, string>

/** The order's status, from the customer's point of view. */
export function statusForCustomer(order: OrderState & { paymentMethod: PaymentMethodId }): string {
  if (order.canceledAt) return 'Canceled'
  if (order.fulfillmentState === 'fulfilled') return 'Shipped'
  if (order.fulfillmentState === 'partly-fulfilled') return 'Partially shipped'
  const isWaitingForMoney = order.paymentMethod === 'bank-transfer' && order.paymentState === 'unpaid'
  return isWaitingForMoney ? 'Awaiting payment' : 'Processing'
}

/** "#1001" */
export function orderName(order: { numberPrefix: string; number: number }): string {
  return `${order.numberPrefix}${order.number}`
}

/** The fulfillment state after the given quantities of each line were shipped. */
export function fulfillmentStateOf(
  lines: { quantity: number; fulfilledQuantity: number }[],
): FulfillmentState {
  if (lines.every((line) => line.fulfilledQuantity === line.quantity)) return 'fulfilled'
  return lines.some((line) => line.fulfilledQuantity > 0) ? 'partly-fulfilled' : 'unfulfilled'
}

type ShipTo = Record<
  | 'shipName'
  | 'shipCompany'
  | 'shipLine1'
  | 'shipLine2'
  | 'shipPostcode'
  | 'shipCity'
  | 'shipRegion'
  | 'shipCountry',
  string
>

/** The order's shipping address. */
export function shippingAddress(order: ShipTo): Address {
  return {
    name: order.shipName,
    company: order.shipCompany,
    line1: order.shipLine1,
    line2: order.shipLine2,
    postcode: order.shipPostcode,
    city: order.shipCity,
    region: order.shipRegion,
    country: order.shipCountry,
  }
}
