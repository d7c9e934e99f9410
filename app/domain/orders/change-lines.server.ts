import { eq, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { orderLines, type orders } from '#db/schema/index.ts'
import { changeOrder } from './lock-order.server.ts'
import { fulfillmentStateOf, fulfillmentTransitions, requireTransition } from './order-states.ts'

type Units = { orderLineId: number; quantity: number }[]
type LockedOrder = Pick<typeof orders.$inferSelect, 'id' | 'fulfillmentState'>

/**
 * Counts units of a locked order's lines as refunded, as a step of the caller's transaction. Those that were not shipped
 * (`removed`) will not be, so that the order may have nothing left to ship.
 */
export async function addRefundedUnits(
  tx: Tx,
  order: LockedOrder,
  { refunded, removed }: { refunded: Units; removed: Units },
): Promise<void> {
  for (const { orderLineId, quantity } of refunded) {
    const removedUnits = removed.find((one) => one.orderLineId === orderLineId)?.quantity ?? 0
    await tx
      .update(orderLines)
      .set({
        refundedQuantity: sql`${orderLines.refundedQuantity} + ${quantity}`,
        removedQuantity: sql`${orderLines.removedQuantity} + ${removedUnits}`,
      })
      .where(eq(orderLines.id, orderLineId))
  }
  const lines = await tx.select().from(orderLines).where(eq(orderLines.orderId, order.id))
  const fulfillmentState = fulfillmentStateOf(lines)
  requireTransition(fulfillmentTransitions, order.fulfillmentState, fulfillmentState)
  await changeOrder(tx, order.id, { fulfillmentState })
}

/** Counts units of a locked order's lines as returned by the customer, as a step of the caller's transaction. */
export async function addReturnedUnits(tx: Tx, units: Units): Promise<void> {
  for (const { orderLineId, quantity } of units)
    await tx
      .update(orderLines)
      .set({ returnedQuantity: sql`${orderLines.returnedQuantity} + ${quantity}` })
      .where(eq(orderLines.id, orderLineId))
}
