import { and, asc, count, desc, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { containsPattern } from '#app/domain/like.ts'
import { contactOf } from '#db/schema/orders.ts'
import { db } from '#db/client.ts'
import { fulfillments, orderLines, orders, returns } from '#db/schema/index.ts'
import { unpaidStates } from './order-states.ts'

/** The order lists for staff. */
export type OrderFilter = 'open' | 'unpaid' | 'unfulfilled' | 'returns' | 'canceled' | 'all'
export type OrderSort = 'newest' | 'oldest' | 'total-descending' | 'total-ascending'

export const ordersPerPage = 50

/**
 * One page of orders, with the total count. `query` matches an order number (with or without prefix), part of an email or
 * name, or a whole SKU or tracking number. Pages count from 1.
 */
export async function listOrders(input: {
  filter: OrderFilter
  sort: OrderSort
  query: string
  page: number
}) {
  const where = and(matchesFilter(input.filter), matchesQuery(input.query))
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: orders.id,
        number: orders.number,
        numberPrefix: orders.numberPrefix,
        placedAt: orders.placedAt,
        name: orders.shipName,
        email: orders.email,
        total: orders.total,
        currency: orders.currency,
        paymentState: orders.paymentState,
        fulfillmentState: orders.fulfillmentState,
        canceledAt: orders.canceledAt,
        itemCount: sql<number>`(select coalesce(sum(l.quantity), 0)::int from ${orderLines} l where l.order_id = orders.id)`,
      })
      .from(orders)
      .where(where)
      .orderBy(...sortBy(input.sort))
      .limit(ordersPerPage)
      .offset((input.page - 1) * ordersPerPage),
    db.select({ count: count() }).from(orders).where(where),
  ])
  return { orders: rows, total: total!.count }
}

/** The number of orders in each list. */
export async function countOrders(): Promise<Record<OrderFilter, number>> {
  const matching = (filter: OrderFilter) =>
    sql<number>`(count(*) filter (where ${matchesFilter(filter) ?? sql`true`}))::int`
  const [row] = await db
    .select({
      open: matching('open'),
      unpaid: matching('unpaid'),
      unfulfilled: matching('unfulfilled'),
      returns: matching('returns'),
      canceled: matching('canceled'),
      all: matching('all'),
    })
    .from(orders)
  return row!
}

function matchesFilter(filter: OrderFilter): SQL | undefined {
  switch (filter) {
    case 'open':
      return and(isNull(orders.canceledAt), or(isUnpaid, isToShip))
    case 'unpaid':
      return and(isNull(orders.canceledAt), isUnpaid)
    case 'unfulfilled':
      return and(isNull(orders.canceledAt), isToShip)
    case 'returns':
      return sql`exists (select from ${returns} r where r.order_id = orders.id
        and r.state in ('requested', 'approved', 'received'))`
    case 'canceled':
      return isNotNull(orders.canceledAt)
    case 'all':
      return undefined
  }
}

/** The payment is not received. */
export const isUnpaid = inArray(orders.paymentState, unpaidStates)

/** Something is left to ship: an order of which everything was refunded before stays unfulfilled. */
export const isToShip = sql`${orders.fulfillmentState} <> 'fulfilled' and exists (select from ${orderLines} l
  where l.order_id = orders.id and l.fulfilled_quantity + l.removed_quantity < l.quantity)`

/** Each part has an index; joined by OR, none of them would be used. */
function matchesQuery(query: string): SQL | undefined {
  if (query === '') return undefined
  const digits = /(\d{1,15})$/.exec(query)?.[1]
  const parts = [
    sql`select id from ${orders} where ${contactOf(orders)} like lower(${containsPattern(query)})`,
    sql`select order_id from ${orderLines} where sku <> '' and lower(sku) = lower(${query})`,
    sql`select order_id from ${fulfillments} where tracking_number <> ''
      and lower(tracking_number) = lower(${query})`,
    ...(digits ? [sql`select id from ${orders} where number = ${Number(digits)}`] : []),
  ]
  return sql`${orders.id} in (${sql.join(parts, sql` union all `)})`
}

function sortBy(sort: OrderSort): SQL[] {
  switch (sort) {
    case 'newest':
      return [desc(orders.placedAt), desc(orders.id)]
    case 'oldest':
      return [asc(orders.placedAt), asc(orders.id)]
    case 'total-descending':
      return [desc(orders.total), desc(orders.id)]
    case 'total-ascending':
      return [asc(orders.total), asc(orders.id)]
  }
}
