import { sql } from 'drizzle-orm'
import { countLowStock } from '#app/domain/products/list-products.server.ts'
import { db } from '#db/client.ts'
import { orders, refunds, refundTransfers } from '#db/schema/index.ts'
import { countOrderTasks, type Sales } from './overview.server.ts'

export type DailySummary = {
  /** Placed on that day and not canceled, with their totals in minor units. */
  placed: Sales
  /** Made on that day; failed transfers do not count. */
  refunded: Sales
  /** As of now. */
  unpaid: number
  unfulfilled: number
  returns: number
  lowStock: number
  failedEmails: number
}

/** What happened on a day ("2026-11-26") from midnight to midnight in the store's time zone, and what is to do now. */
export async function readDailySummary(input: {
  day: string
  timeZone: string
  lowStock: number
}): Promise<DailySummary> {
  const { day, timeZone } = input
  const from = sql`(${day}::date::timestamp at time zone ${timeZone})`
  const until = sql`((${day}::date + 1)::timestamp at time zone ${timeZone})`
  const [[placed], [refunded], tasks, lowStock] = await Promise.all([
    db
      .select({
        orders: sql`count(*)`.mapWith(Number),
        amount: sql`coalesce(sum(${orders.total}), 0)`.mapWith(Number),
      })
      .from(orders)
      .where(
        sql`${orders.placedAt} >= ${from} and ${orders.placedAt} < ${until} and ${orders.canceledAt} is null`,
      ),
    db
      .select({
        orders: sql`count(distinct ${refunds.id})`.mapWith(Number),
        amount: sql`coalesce(sum(${refundTransfers.amount}), 0)`.mapWith(Number),
      })
      .from(refunds)
      .innerJoin(
        refundTransfers,
        sql`${refundTransfers.refundId} = ${refunds.id} and ${refundTransfers.status} <> 'failed'`,
      )
      .where(sql`${refunds.createdAt} >= ${from} and ${refunds.createdAt} < ${until}`),
    countOrderTasks(),
    countLowStock(input.lowStock),
  ])
  const { unpaid, unfulfilled, returns, failedEmails } = tasks
  return { placed: placed!, refunded: refunded!, unpaid, unfulfilled, returns, failedEmails, lowStock }
}

/** Nothing happened, and nothing is to do. */
export function isEmpty({ placed, refunded, ...tasks }: DailySummary): boolean {
  return placed.orders + refunded.orders === 0 && Object.values(tasks).every((count) => count === 0)
}
