import { and, asc, eq, gt, lt, ne, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { orderPresence, users } from '#db/schema/index.ts'

/** A user not seen for this long has left; an open tab reports every twenty seconds. */
const longest = sql`interval '45 seconds'`

/**
 * Records that the user has the order open, and removes expired entries. Announced to colleagues only when a user is
 * added or removed. Does nothing for an order that does not exist.
 */
export async function joinPresence(orderId: number, userId: number): Promise<void> {
  await db
    .delete(orderPresence)
    .where(and(eq(orderPresence.orderId, orderId), lt(orderPresence.seenAt, sql`now() - ${longest}`)))
  await db.execute(sql`
    insert into ${orderPresence} (order_id, user_id) select id, ${userId}::bigint from orders where id = ${orderId}
    on conflict (order_id, user_id) do update set seen_at = now()`)
}

/** The user closed the order's page. */
export async function leavePresence(orderId: number, userId: number): Promise<void> {
  await db
    .delete(orderPresence)
    .where(and(eq(orderPresence.orderId, orderId), eq(orderPresence.userId, userId)))
}

/** The names of the other users who have the order open now. */
export async function listPresence(orderId: number, options: { besides: number }): Promise<string[]> {
  const rows = await db
    .select({ name: users.name })
    .from(orderPresence)
    .innerJoin(users, eq(users.id, orderPresence.userId))
    .where(
      and(
        eq(orderPresence.orderId, orderId),
        ne(orderPresence.userId, options.besides),
        gt(orderPresence.seenAt, sql`now() - ${longest}`),
      ),
    )
    .orderBy(asc(users.name))
  return rows.map(({ name }) => name)
}

/** Deletes presence an hour after it was last confirmed. */
export async function deleteOldPresence(): Promise<void> {
  await db.delete(orderPresence).where(lt(orderPresence.seenAt, sql`now() - interval '1 hour'`))
}
