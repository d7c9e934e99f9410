import { listRefunds } from '#app/domain/billing/refunds.server.ts'
import type { getOrderByToken } from '#app/domain/orders/orders.server.ts'
import { returnableUnits } from '#app/domain/returns/returnable.ts'
import { listReturns } from '#app/domain/returns/returns.server.ts'
import type { ShownRefund } from './refunds.tsx'
import type { ShownReturn } from './returns.tsx'

type Receipt = NonNullable<Awaited<ReturnType<typeof getOrderByToken>>>

/** What the customer sees of an order's refunds and returns: no notes of staff. A new order has none: no query. */
export async function getRefundsAndReturns(
  { order, fulfillments }: Receipt,
  { returnDays, day }: { returnDays: number; day: Intl.DateTimeFormat },
) {
  const [refunds, returns] = await Promise.all([
    order.refundedTotal > 0 ? listRefunds(order.id) : [],
    fulfillments.length > 0 ? listReturns(order.id) : [],
  ])
  const period = { days: returnDays, now: new Date() }
  return {
    refunds: refunds.flatMap(({ id, shippingAmount, lines, transfers, createdAt }): ShownRefund[] => {
      const sent = transfers.filter(({ status }) => status !== 'failed')
      const amount = sent.reduce((sum, transfer) => sum + transfer.amount, 0)
      const isPending = sent.some(({ status }) => status === 'pending')
      return amount === 0 ? [] : [{ id, amount, shippingAmount, lines, isPending, on: day.format(createdAt) }]
    }),
    returns: returns.map(({ id, state, answer, lines, createdAt }): ShownReturn => ({
      ...{ id, state, answer, lines, on: day.format(createdAt) },
    })),
    canReturn: returnableUnits(fulfillments, returns, period).length > 0,
  }
}
