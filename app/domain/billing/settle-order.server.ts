import { eq, sql } from 'drizzle-orm'
import { issueDueDocuments } from '#app/domain/invoices/issue-invoice.server.ts'
import { changeOrder } from '#app/domain/orders/lock-order.server.ts'
import {
  paymentStateOf,
  type PaymentState,
  paymentTransitions,
  requireTransition,
} from '#app/domain/orders/order-states.ts'
import type { Tx } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'

/**
 * Adds up the payments and refunds of a locked order again, and stores the sums with the payment state that follows
 * from them, as the last step of a change of either; then issues the documents that are due. Returns the new state.
 */
export async function settleOrder(tx: Tx, orderId: number, by: number | null = null): Promise<PaymentState> {
  const [order] = await tx
    .select({
      paymentState: orders.paymentState,
      total: orders.total,
      canceledAt: orders.canceledAt,
      receivedTotal: sumOf('received'),
      authorizedTotal: sumOf('authorized'),
      refundedTotal: sql`(select coalesce(sum(t.amount), 0) from refund_transfers t
        join refunds r on r.id = t.refund_id where r.order_id = "orders"."id" and t.status <> 'failed')`.mapWith(
        Number,
      ),
      wasReleased: sql<boolean>`exists (select from payments p
        where p.order_id = "orders"."id" and p.status = 'released')`,
    })
    .from(orders)
    .where(eq(orders.id, orderId))
  const { receivedTotal, authorizedTotal, refundedTotal } = order!
  const paymentState = paymentStateOf(order!)
  requireTransition(paymentTransitions, order!.paymentState, paymentState)
  await changeOrder(tx, orderId, { receivedTotal, authorizedTotal, refundedTotal, paymentState })
  await issueDueDocuments(tx, orderId, by)
  return paymentState
}

const sumOf = (status: 'received' | 'authorized') =>
  sql`(select coalesce(sum(p.amount), 0) from payments p
    where p.order_id = "orders"."id" and p.status = ${status})`.mapWith(Number)
