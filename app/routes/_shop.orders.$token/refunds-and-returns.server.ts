import { listRefunds } from '#app/domain/billing/refunds.server.ts'
import { listReturnable } from '#app/domain/returns/returnable.server.ts'
import { listReturns } from '#app/domain/returns/returns.server.ts'
import type { ShownRefund } from './refunds.tsx'
import type { ShownReturn } from './returns.tsx'

/** What the customer sees of an order's refunds and returns: no notes of staff. */
export async function getRefundsAndReturns(order: { id: number; token: string }, day: Intl.DateTimeFormat) {
  const [refunds, returns, returnable] = await Promise.all([
    listRefunds(order.id),
    listReturns(order.id),
    listReturnable({ token: order.token, now: new Date() }),
  ])
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
    canReturn: (returnable?.lines.length ?? 0) > 0,
  }
}
