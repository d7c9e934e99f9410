import { proportion, share } from '#app/domain/pricing/exact.ts'
import type { PriceStep } from '#db/schema/orders.ts'

/** The arithmetic of refunds. Amounts in minor units, with tax unless they say otherwise. */

export type RefundedOrder = {
  total: number
  shippingTotal: number
  shippingDiscount: number
  /** Above 0 when tax was added to prices; below 0 when contained tax was taken off. */
  taxAdded: number
  priceBreakdown: PriceStep[]
}

export type RefundedLine = {
  id: number
  quantity: number
  lineTotal: number
  taxRate: number
  taxTotal: number
}

/** What a refund is for: units of lines, a part of shipping, and an amount without a line. */
export type RefundRequest = {
  lines: { orderLineId: number; quantity: number }[]
  shipping: number
  extra: number
}

export type RefundAmounts = {
  lines: { orderLineId: number; quantity: number; amount: number; tax: number }[]
  shippingAmount: number
  shippingTax: number
  extraAmount: number
  /** Tax of the amount without a line, by rate in thousandths of a percent. */
  extraTax: [rate: number, tax: number][]
  amount: number
  tax: number
}

/** What was charged at one rate, and what of it is left. `shipping` is the part of the sum that is shipping. */
type Rate = {
  rate: number
  left: number
  taxLeft: number
  shipping: { amount: number; tax: number; refunded: number }
}

type State = { lines: (RefundedLine & { refunded: number })[]; isTaxAdded: boolean; rates: Rate[] }

/**
 * The amounts of a refund after the earlier ones of the order, oldest first. A line's units are the difference of two
 * cumulative values, so that any sequence of refunds ends exactly at the total and its tax. An amount without a line is
 * shared over what is left of each rate; where it has used up what a line costs, the line is refunded with the rest.
 * The caller checks that no more is asked for than is left.
 */
export function calculateRefund(
  order: RefundedOrder,
  lines: RefundedLine[],
  earlier: RefundRequest[],
  request: RefundRequest,
): RefundAmounts {
  const state = stateAfter(order, lines, earlier)
  return refund(state, request)
}

export type LeftToRefund = {
  lines: { orderLineId: number; quantity: number }[]
  shipping: number
  /** Of the order's total. */
  total: number
}

/** What the earlier refunds have left. */
export function leftToRefund(
  order: RefundedOrder,
  lines: RefundedLine[],
  earlier: RefundRequest[],
): LeftToRefund {
  const { rates, lines: counted } = stateAfter(order, lines, earlier)
  return {
    lines: counted.map(({ id, quantity, refunded }) => ({ orderLineId: id, quantity: quantity - refunded })),
    shipping: sum(rates.map(shippingLeft)),
    total: sum(rates.map(({ left }) => left)),
  }
}

/** A refund of all that is left of an order, as far as it was paid for: without lines when less was received. */
export function refundOfRest(left: LeftToRefund, refundable: number): RefundRequest {
  if (refundable < left.total) return { lines: [], shipping: 0, extra: refundable }
  const lines = left.lines.filter(({ quantity }) => quantity > 0)
  return { lines, shipping: left.shipping, extra: refundable - left.total }
}

function stateAfter(order: RefundedOrder, lines: RefundedLine[], earlier: RefundRequest[]): State {
  const state = stateBefore(order, lines)
  for (const request of earlier) refund(state, request)
  return state
}

function stateBefore(order: RefundedOrder, lines: RefundedLine[]): State {
  const shippingPaid = order.shippingTotal - order.shippingDiscount
  // Tax that was taken off is in no rate: each line bears its share of it.
  const takenOff = share(Math.max(0, -order.taxAdded), [...lines.map((line) => line.lineTotal), shippingPaid])
  const counted = lines.map((line, index) => ({
    ...line,
    lineTotal: line.lineTotal - takenOff[index]!,
    refunded: 0,
  }))
  const isTaxAdded = order.taxAdded > 0
  const taxes = order.priceBreakdown.flatMap(({ tax }) => (tax ? [tax] : []))
  const taxed = sum(taxes.map(({ base, amount }) => base + amount))
  const rates = [
    ...taxes.filter(({ rate }) => rate > 0),
    { rate: 0, base: order.total - taxed, amount: 0 },
  ].map(({ rate, base, amount: tax }) => {
    const ofRate = counted.filter((line) => line.taxRate === rate)
    const shipping = {
      amount: base + tax - sum(ofRate.map((line) => valueOfUnits(line, line.quantity, isTaxAdded).amount)),
      tax: tax - sum(ofRate.map((line) => line.taxTotal)),
      refunded: 0,
    }
    return { rate, left: base + tax, taxLeft: tax, shipping }
  })
  return { lines: counted, isTaxAdded, rates }
}

/** The value of the first units of a line, and its tax. */
function valueOfUnits(line: RefundedLine, units: number, isTaxAdded: boolean) {
  const tax = proportion(line.taxTotal, units, line.quantity)
  return { amount: proportion(line.lineTotal, units, line.quantity) + (isTaxAdded ? tax : 0), tax }
}

/** The amounts of one refund; the state afterwards is that without them. */
function refund(state: State, request: RefundRequest): RefundAmounts {
  // Typed amounts first: lines get what is left of them.
  const shipping = refundShipping(state, request.shipping)
  const lines = request.lines.map(({ orderLineId, quantity }) => ({
    ...{ orderLineId, quantity },
    ...refundUnits(state, orderLineId, quantity),
  }))
  const extraTax = refundExtra(state, request.extra)
  return {
    lines,
    shippingAmount: request.shipping,
    shippingTax: shipping,
    extraAmount: request.extra,
    extraTax,
    amount: sum(lines.map(({ amount }) => amount)) + request.shipping + request.extra,
    tax: sum(lines.map(({ tax }) => tax)) + shipping + sum(extraTax.map(([, tax]) => tax)),
  }
}

function refundUnits({ lines, rates, isTaxAdded }: State, orderLineId: number, quantity: number) {
  const line = lines.find(({ id }) => id === orderLineId)!
  const before = valueOfUnits(line, line.refunded, isTaxAdded)
  line.refunded += quantity
  const after = valueOfUnits(line, line.refunded, isTaxAdded)
  const rate = rates.find((one) => one.rate === line.taxRate)!
  return takeFrom(rate, after.amount - before.amount, after.tax - before.tax)
}

/** Takes a part of shipping from its rates; returns its tax. */
function refundShipping({ rates }: State, amount: number): number {
  const parts = share(amount, rates.map(shippingLeft))
  return sum(
    rates.map((rate, index) => {
      const { shipping } = rate
      if (parts[index] === 0) return 0
      const before = proportion(shipping.tax, shipping.refunded, shipping.amount)
      shipping.refunded += parts[index]!
      const after = proportion(shipping.tax, shipping.refunded, shipping.amount)
      return takeFrom(rate, parts[index]!, after - before).tax
    }),
  )
}

/** Shares an amount over what is left of each rate; returns its tax by rate. More than is left has no tax. */
function refundExtra({ rates }: State, amount: number): [number, number][] {
  const left = rates.map((rate) => rate.left)
  const parts = share(Math.min(amount, sum(left)), left)
  return rates
    .map((rate, index): [number, number] => {
      const part = parts[index]!
      return [rate.rate, part === 0 ? 0 : takeFrom(rate, part, proportion(rate.taxLeft, part, rate.left)).tax]
    })
    .filter(([, tax]) => tax > 0)
}

/** Takes at most what is left, and of its tax so much that no more tax than amount is left and none remains at the end. */
function takeFrom(rate: Rate, wanted: number, wantedTax: number): { amount: number; tax: number } {
  const amount = Math.min(wanted, rate.left)
  const least = Math.max(0, rate.taxLeft - (rate.left - amount))
  const tax = Math.min(Math.max(wantedTax, least), rate.taxLeft, amount)
  rate.left -= amount
  rate.taxLeft -= tax
  return { amount, tax }
}

const shippingLeft = ({ left, shipping }: Rate) => Math.min(left, shipping.amount - shipping.refunded)

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
