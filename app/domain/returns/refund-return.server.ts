import { and, eq, sql } from 'drizzle-orm'
import { refundLocked, type RefundOrderResult } from '#app/domain/billing/refund-order.server.ts'
import type { RefundInput } from '#app/domain/billing/refund.schema.ts'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { requireTransition, returnTransitions } from '#app/domain/orders/order-states.ts'
import { auditedTransaction } from '#db/client.ts'
import { returns } from '#db/schema/index.ts'

export type RefundReturnResult = RefundOrderResult | { ok: false; reason: 'not-received' }

/** Refunds an order like refundOrder, and marks the return as refunded. Refused unless its items were received. */
export async function refundReturn(
  input: RefundInput & { orderId: number; returnId: number; by: number },
): Promise<RefundReturnResult> {
  const { orderId, returnId } = input
  return auditedTransaction(input.by, async (tx) => {
    await lockOrder(tx, orderId)
    const [found] = await tx
      .select({ state: returns.state })
      .from(returns)
      .where(and(eq(returns.id, returnId), eq(returns.orderId, orderId)))
    if (!found) return { ok: false, reason: 'not-found' }
    if (found.state !== 'received') return { ok: false, reason: 'not-received' }
    const result = await refundLocked(tx, input)
    if (!result.ok) return result
    requireTransition(returnTransitions, found.state, 'refunded')
    await tx
      .update(returns)
      .set({
        state: 'refunded',
        refundId: result.refundId,
        version: sql`${returns.version} + 1`,
        updatedAt: sql`now()`,
      })
      .where(eq(returns.id, returnId))
    return result
  })
}
