import { eq } from 'drizzle-orm'
import { formatMoney } from '#app/domain/money.ts'
import { addRefundedUnits } from '#app/domain/orders/change-lines.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import type { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import type { Tx } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { orderLines, refundLines, refunds, refundTransfers, settings } from '#db/schema/index.ts'
import type { RefundAmounts } from './refund-amounts.ts'
import { listRefundablePayments } from './refunds.server.ts'
import { restock } from './restock.server.ts'

type Units = { orderLineId: number; quantity: number }[]
type Order = NonNullable<Awaited<ReturnType<typeof lockOrder>>>

export type RefundRecord = {
  amounts: RefundAmounts & { excessAmount?: number }
  /** Of the units of lines: those that were not shipped and will not be, and those that go back into stock. */
  removed?: Units
  restocked?: Units
  reason: string
  /** Null: the customer, by canceling. */
  by: number | null
}

/**
 * Writes a refund of a locked order as a step of the caller's transaction: the refund, how its money goes back, its
 * stock and the timeline. The caller has checked the amounts, notifies the customer, and settles the order afterwards.
 */
export async function recordRefund(
  tx: Tx,
  order: Order,
  { amounts, removed = [], restocked = [], reason, by }: RefundRecord,
): Promise<{ refundId: number }> {
  const [row] = await tx
    .insert(refunds)
    .values({
      orderId: order.id,
      amount: amounts.amount,
      shippingAmount: amounts.shippingAmount,
      shippingTax: amounts.shippingTax,
      extraAmount: amounts.extraAmount,
      extraTax: amounts.extraTax,
      excessAmount: amounts.excessAmount,
      reason,
      byUserId: by,
    })
    .returning({ id: refunds.id })
  const refundId = row!.id
  await insertLines(tx, order, { refundId, lines: amounts.lines, removed, restocked, by })
  await addTransfers(tx, order, refundId, amounts.amount)
  const [format] = await tx.select().from(settings)
  const detail = [formatMoney(amounts.amount, format!), reason].filter(Boolean).join(', ')
  await addOrderEvent(tx, { orderId: order.id, kind: 'refunded', detail, byUserId: by })
  return { refundId }
}

async function insertLines(
  tx: Tx,
  order: Order,
  refund: {
    refundId: number
    lines: RefundAmounts['lines']
    removed: Units
    restocked: Units
    by: number | null
  },
): Promise<void> {
  const { refundId, lines, removed, by } = refund
  if (lines.length === 0) return
  const restocked = await restock(tx, {
    ...{ orderId: order.id, reason: 'restock', byUserId: by },
    lines: await tx.select().from(orderLines).where(eq(orderLines.orderId, order.id)),
    // Canceling has returned all of an order's stock.
    wanted: order.canceledAt ? [] : refund.restocked,
  })
  await tx.insert(refundLines).values(
    lines.map((line) => ({
      ...{ refundId, ...line, restockedQuantity: restocked.get(line.orderLineId) ?? 0 },
    })),
  )
  await addRefundedUnits(tx, order, { refunded: lines, removed })
}

/**
 * Sends the amount back the way it came, the oldest payment first. Money of a payment that staff reported is sent by
 * staff, so that its transfer is done at once.
 */
async function addTransfers(tx: Tx, order: Order, refundId: number, amount: number): Promise<void> {
  let open = amount
  for (const payment of await listRefundablePayments(tx, order.id, order.currency)) {
    const part = Math.min(open, payment.left)
    if (part <= 0) continue
    open -= part
    await addTransfer(tx, { refundId, payment, amount: part })
  }
  if (open > 0) throw new Error(`Order ${order.id}: its payments do not cover the refund`)
}

/** Writes one transfer, and queues its sending when the provider does it. */
export async function addTransfer(
  tx: Tx,
  {
    refundId,
    payment,
    amount,
  }: { refundId: number; payment: { id: number; providerId: string | null }; amount: number },
): Promise<void> {
  const [transfer] = await tx
    .insert(refundTransfers)
    .values({
      refundId,
      paymentId: payment.id,
      amount,
      status: payment.providerId === null ? 'done' : 'pending',
    })
    .returning({ id: refundTransfers.id })
  if (payment.providerId !== null) await enqueue(tx, 'send-refund', { transferId: transfer!.id })
}
