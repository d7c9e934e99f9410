import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { orders, users } from '#db/schema/index.ts'

/**
 * Gives the customer the orders that were placed as a guest with the account's address, once a link sent to that
 * address has come back. A step of the caller's transaction; doing it again changes nothing.
 */
export async function claimGuestOrders(tx: Tx, userId: number): Promise<void> {
  const verified = tx
    .select({ email: users.email })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.emailVerifiedAt)))
  await tx
    .update(orders)
    .set({ userId })
    .where(and(isNull(orders.userId), sql`${orders.email} = (${verified})`))
}
