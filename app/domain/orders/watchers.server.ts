import { and, asc, eq, gt, lt, ne, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { orderWatchers, users } from '#db/schema/index.ts'

/** Whoever was not seen for so long has left; an open tab says every twenty seconds that it is there. */
const longest = sql`interval '45 seconds'`

/**
 * Notes that somebody has the order open, and forgets those who have left without a word. Colleagues hear of it only
 * when somebody came or went. Nothing happens for an order that is not there.
 */
export async function watchOrder(orderId: number, userId: number): Promise<void> {
  await db
    .delete(orderWatchers)
    .where(and(eq(orderWatchers.orderId, orderId), lt(orderWatchers.seenAt, sql`now() - ${longest}`)))
  await db.execute(sql`
    insert into ${orderWatchers} (order_id, user_id) select id, ${userId}::bigint from orders where id = ${orderId}
    on conflict (order_id, user_id) do update set seen_at = now()`)
}

/** Somebody closed the order's page. */
export async function leaveOrder(orderId: number, userId: number): Promise<void> {
  await db
    .delete(orderWatchers)
    .where(and(eq(orderWatchers.orderId, orderId), eq(orderWatchers.userId, userId)))
}

/** The names of the others who have the order open now. */
export async function listWatchers(orderId: number, options: { besides: number }): Promise<string[]> {
  const rows = await db
    .select({ name: users.name })
    .from(orderWatchers)
    .innerJoin(users, eq(users.id, orderWatchers.userId))
    .where(
      and(
        eq(orderWatchers.orderId, orderId),
        ne(orderWatchers.userId, options.besides),
        gt(orderWatchers.seenAt, sql`now() - ${longest}`),
      ),
    )
    .orderBy(asc(users.name))
  return rows.map(({ name }) => name)
}
