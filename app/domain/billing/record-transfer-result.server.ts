import { eq, sql } from 'drizzle-orm'
import { notifyStaff } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import type { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import type { Tx } from '#db/client.ts'
import { refundTransfers } from '#db/schema/index.ts'
import type { ProviderRefund } from './provider.ts'
import { settleOrder } from './settle-order.server.ts'

type LockedOrder = NonNullable<Awaited<ReturnType<typeof lockOrder>>>

/** Without an id, the provider has made no refund. */
export type TransferResult = Pick<ProviderRefund, 'status' | 'failure'> & { id: string | null }

/**
 * Records what the provider says of a transfer, as a step of the caller's transaction on the locked order. A failed one
 * can be refunded again: the order's sums change back, and staff are notified. A repeated or older answer changes
 * nothing.
 */
export async function recordTransferResult(
  tx: Tx,
  order: LockedOrder,
  transferId: number,
  { id, status, failure }: TransferResult,
): Promise<void> {
  const [transfer] = await tx.select().from(refundTransfers).where(eq(refundTransfers.id, transferId))
  // A refund that failed never becomes another one; one that was done only changes by failing.
  if (!transfer || transfer.status === 'failed') return
  if (transfer.status === 'done' && status === 'pending') return
  const providerId = id ?? transfer.providerId
  if (transfer.status === status && transfer.providerId === providerId) return
  await tx
    .update(refundTransfers)
    .set({ status, failure, providerId, updatedAt: sql`now()` })
    .where(eq(refundTransfers.id, transferId))
  if (status === 'failed') {
    await addOrderEvent(tx, { orderId: order.id, kind: 'refund-failed', detail: failure })
    const key = `transfer:${transferId}:failed`
    await notifyStaff(tx, 'refund-failed', { key, subject: orderName(order), orderId: order.id })
  }
  await settleOrder(tx, order.id)
}
