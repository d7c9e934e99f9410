import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { orders, users } from '#db/schema/index.ts'

/**
 * Assigns guest orders with the account's email to the customer, once that email is verified. A step of the caller's
 * transaction; repeating it changes nothing.
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
