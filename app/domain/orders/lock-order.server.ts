import { eq, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'

/** The order, locked until the transaction ends, so that changes by two staff members are serialized. */
export async function lockOrder(tx: Tx, orderId: number) {
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update')
  return order ?? null
}

/** Changes columns of a locked order and its version, as a step of the caller's transaction. */
export async function changeOrder(
  tx: Tx,
  orderId: number,
  values: Partial<typeof orders.$inferInsert> | { canceledAt: SQL } | { payBy: SQL },
): Promise<void> {
  await tx
    .update(orders)
    .set({ ...values, ...bumpOrderVersion() })
    .where(eq(orders.id, orderId))
}

/** Columns that every change of an order sets. */
export function bumpOrderVersion() {
  return { version: sql`${orders.version} + 1`, updatedAt: sql`now()` }
}
