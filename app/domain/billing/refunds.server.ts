import { asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { db, type Tx } from '#db/client.ts'
import {
  orderLines,
  payments,
  refundLines,
  refunds,
  refundTransfers,
  returnLines,
  returns,
  users,
} from '#db/schema/index.ts'
import type { RefundRequest } from './refund-amounts.ts'

type Reader = Pick<Tx, 'select' | 'execute'>

export type Refund = Awaited<ReturnType<typeof listRefunds>>[number]

/** The refunds of an order, newest first, with what they are for and how the money goes back. */
export async function listRefunds(orderId: number) {
  return selectRefunds(eq(refunds.orderId, orderId))
}

/** One refund; null when there is none. */
export async function getRefund(refundId: number): Promise<Refund | null> {
  return (await selectRefunds(eq(refunds.id, refundId)))[0] ?? null
}

async function selectRefunds(where: SQL) {
  const rows = await db
    .select({
      id: refunds.id,
      amount: refunds.amount,
      shippingAmount: refunds.shippingAmount,
      extraAmount: refunds.extraAmount,
      reason: refunds.reason,
      isExternal: refunds.isExternal,
      createdAt: refunds.createdAt,
      by: users.name,
    })
    .from(refunds)
    .leftJoin(users, eq(users.id, refunds.byUserId))
    .where(where)
    .orderBy(desc(refunds.id))
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const [lines, transfers] = await Promise.all([listLines(ids), listTransfers(ids)])
  return rows.map((row) => ({
    ...row,
    lines: lines.filter(({ refundId }) => refundId === row.id),
    transfers: transfers.filter(({ refundId }) => refundId === row.id),
  }))
}

function listLines(refundIds: number[]) {
  return db
    .select({
      refundId: refundLines.refundId,
      orderLineId: refundLines.orderLineId,
      title: orderLines.title,
      variantTitle: orderLines.variantTitle,
      quantity: refundLines.quantity,
      amount: refundLines.amount,
      restockedQuantity: refundLines.restockedQuantity,
    })
    .from(refundLines)
    .innerJoin(orderLines, eq(orderLines.id, refundLines.orderLineId))
    .where(inArray(refundLines.refundId, refundIds))
    .orderBy(asc(refundLines.orderLineId))
}

function listTransfers(refundIds: number[]) {
  return db
    .select({
      id: refundTransfers.id,
      refundId: refundTransfers.refundId,
      status: refundTransfers.status,
      amount: refundTransfers.amount,
      failure: refundTransfers.failure,
      method: payments.method,
    })
    .from(refundTransfers)
    .innerJoin(payments, eq(payments.id, refundTransfers.paymentId))
    .where(inArray(refundTransfers.refundId, refundIds))
    .orderBy(asc(refundTransfers.id))
}

/** What the order's refunds were for, oldest first. */
export async function listRefundRequests(reader: Reader, orderId: number): Promise<RefundRequest[]> {
  const rows = await reader
    .select({ id: refunds.id, shipping: refunds.shippingAmount, extra: refunds.extraAmount })
    .from(refunds)
    .where(eq(refunds.orderId, orderId))
    .orderBy(asc(refunds.id))
  const lines = await reader
    .select({
      refundId: refundLines.refundId,
      orderLineId: refundLines.orderLineId,
      quantity: refundLines.quantity,
    })
    .from(refundLines)
    .innerJoin(refunds, eq(refunds.id, refundLines.refundId))
    .where(eq(refunds.orderId, orderId))
    .orderBy(asc(refundLines.orderLineId))
  return rows.map(({ id, ...row }) => ({ ...row, lines: lines.filter(({ refundId }) => refundId === id) }))
}

/** How many units of each line went back into stock, by refunds and by returns. */
export async function countRestocked(reader: Reader, orderId: number): Promise<Map<number, number>> {
  const rows = await reader.execute<{ lineId: number; quantity: number }>(sql`
    select order_line_id::int as "lineId", sum(restocked_quantity)::int as quantity from (
      select l.order_line_id, l.restocked_quantity from ${refundLines} l join ${refunds} r on r.id = l.refund_id
      where r.order_id = ${orderId}
      union all
      select l.order_line_id, l.restocked_quantity from ${returnLines} l join ${returns} r on r.id = l.return_id
      where r.order_id = ${orderId}
    ) restocked group by 1`)
  return new Map(rows.map(({ lineId, quantity }) => [lineId, quantity]))
}

/** The payments that were received for an order, with what of each was not refunded yet; oldest first. */
export async function listRefundablePayments(reader: Reader, orderId: number, currency: string) {
  const refunded = sql<number>`(select coalesce(sum(t.amount), 0) from refund_transfers t
    where t.payment_id = "payments"."id" and t.status <> 'failed')`.mapWith(Number)
  const rows = await reader
    .select({
      id: payments.id,
      amount: payments.amount,
      providerId: payments.providerId,
      status: payments.status,
      currency: payments.currency,
      refunded,
    })
    .from(payments)
    .where(eq(payments.orderId, orderId))
    .orderBy(asc(payments.id))
  return rows
    .filter((payment) => payment.status === 'received' && payment.currency === currency)
    .map((payment) => ({ ...payment, left: payment.amount - payment.refunded }))
}
