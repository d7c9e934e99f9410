import { eq, sql } from 'drizzle-orm'
import { countProducts } from '#app/domain/catalog/list-products.server.ts'
import { countOrders } from '#app/domain/orders/list-orders.server.ts'
import { db } from '#db/client.ts'
import { mails, media, orders } from '#db/schema/index.ts'

export type Sales = { orders: number; amount: number }

/** What waits for somebody who deals with orders, each as a number of things. */
export async function countOrderTasks() {
  const [orderCounts, failedMails] = await Promise.all([
    countOrders(),
    db.$count(mails, eq(mails.status, 'failed')),
  ])
  return { ...orderCounts, failedMails }
}

/** What waits for somebody who keeps the catalogue. */
export async function countCatalogueTasks(lowStock: number) {
  const [productCounts, failedPictures] = await Promise.all([
    countProducts(lowStock),
    db.$count(media, eq(media.status, 'failed')),
  ])
  return { ...productCounts, failedPictures }
}

/**
 * Orders that were placed and not cancelled, and what they come to in minor units: today and the seven days that end
 * with today, by the shop's clock, each with the time before it.
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
      sql`${orders.cancelledAt} is null and ${orders.placedAt} >= ${midnight} - make_interval(days => 13)`,
    )
  return row!
}
