import { eq, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { orderLines } from '#db/schema/index.ts'

type Units = { orderLineId: number; quantity: number }[]

/** Counts units of a locked order's lines as refunded, as a step of the caller's transaction. */
export async function addRefundedUnits(tx: Tx, units: Units): Promise<void> {
  for (const { orderLineId, quantity } of units)
    await tx
      .update(orderLines)
      .set({ refundedQuantity: sql`${orderLines.refundedQuantity} + ${quantity}` })
      .where(eq(orderLines.id, orderLineId))
}

/** Counts units of a locked order's lines as returned by the customer, as a step of the caller's transaction. */
export async function addReturnedUnits(tx: Tx, units: Units): Promise<void> {
  for (const { orderLineId, quantity } of units)
    await tx
      .update(orderLines)
      .set({ returnedQuantity: sql`${orderLines.returnedQuantity} + ${quantity}` })
      .where(eq(orderLines.id, orderLineId))
}
