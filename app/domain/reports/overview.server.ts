import { eq, sql } from 'drizzle-orm'
import { countProducts } from '#app/domain/products/list-products.server.ts'
import { countOrders } from '#app/domain/orders/list-orders.server.ts'
import { db } from '#db/client.ts'
import { emails, media, orders } from '#db/schema/index.ts'

export type Sales = { orders: number; amount: number }

/** Open order tasks, each as a count. */
export async function countOrderTasks() {
  const [orderCounts, failedEmails] = await Promise.all([
    countOrders(),
    db.$count(emails, eq(emails.status, 'failed')),
  ])
  return { ...orderCounts, failedEmails }
}

/** Open catalog tasks. */
export async function countCatalogTasks(lowStock: number) {
  const [productCounts, failedImages] = await Promise.all([
    countProducts(lowStock),
    db.$count(media, eq(media.status, 'failed')),
  ])
  return { ...productCounts, failedImages }
}

/**
 * Orders that were placed and not canceled, and their total in minor units: today and the seven days ending today, in
 * the shop's time zone, each with the preceding period.
 */
export async function getSales(
  timeZone: string,
): Promise<Record<'today' | 'yesterday' | 'week' | 'weekBefore', Sales>> {
  const midnight = sql`(date_trunc('day', now() at time zone ${timeZone}) at time zone ${timeZone})`
  const between = (from: number, to: number | null) => {
    const until =
      to === null ? sql`true` : sql`${orders.placedAt} < ${midnight} - make_interval(days => ${to}::int)`
    const inside = sql`${orders.placedAt} >= ${midnight} - make_interval(days => ${from}::int) and ${until}`
    return sql<Sales>`json_build_object('orders', count(*) filter (where ${inside}),
      'amount', coalesce(sum(${orders.total}) filter (where ${inside}), 0))`
  }
  const [row] = await db
    .select({
      today: between(0, null),
      yesterday: between(1, 0),
      week: between(6, null),
      weekBefore: between(13, 6),
    })
    .from(orders)
    .where(
      sql`${orders.canceledAt} is null and ${orders.placedAt} >= ${midnight} - make_interval(days => 13)`,
    )
  return row!
}
