import { and, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { db, type Tx } from '#db/client.ts'
import { orderLines, orders } from '#db/schema/index.ts'

/** Deletes the searches that led to the lines of a user's orders, as a step of the caller's transaction. */
export async function deleteSearchesOfUser(tx: Tx, userId: number): Promise<void> {
  const ids = tx.select({ id: orders.id }).from(orders).where(eq(orders.userId, userId))
  await tx
    .update(orderLines)
    .set({ searchQuery: null })
    .where(and(isNotNull(orderLines.searchQuery), inArray(orderLines.orderId, ids)))
}

/** Deletes the searches from the lines of orders that are older than these days. */
export async function deleteOldOrderSearches(days: number): Promise<void> {
  const ids = db
    .select({ id: orders.id })
    .from(orders)
    .where(lt(orders.placedAt, sql`now() - make_interval(days => ${days}::int)`))
  await db
    .update(orderLines)
    .set({ searchQuery: null })
    .where(and(isNotNull(orderLines.searchQuery), inArray(orderLines.orderId, ids)))
}
