import { and, asc, count, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import { containsPattern } from '#app/domain/like.ts'
import { db } from '#db/client.ts'
import { orders, sessions, users } from '#db/schema/index.ts'

export type CustomerSort = 'newest' | 'oldest' | 'name' | 'spent' | 'orders'

export const customersPerPage = 50
export const maxOrders = 25

/** A customer's orders that were not canceled, joined laterally. */
const bought = sql`lateral (
  select count(*)::int as orders, coalesce(sum(o.total), 0)::bigint as spent from ${orders} o
  where o.user_id = users.id and o.canceled_at is null) as bought`
const orderCount = sql<number>`bought.orders`
const spent = sql<number>`bought.spent`.mapWith(Number)

const isCustomer = eq(users.role, 'customer')

/**
 * One page of customers: users with an account who are not staff, with the total count. `query` matches part of a name
 * or an email. Pages count from 1.
 */
export async function listCustomers(input: { query: string; sort: CustomerSort; page: number }) {
  const where = and(isCustomer, matchesQuery(input.query))
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: users.id,
        name: users.name,
        email: users.email,
        emailVerifiedAt: users.emailVerifiedAt,
        disabledAt: users.disabledAt,
        createdAt: users.createdAt,
        orders: orderCount,
        spent,
      })
      .from(users)
      .innerJoin(bought, sql`true`)
      .where(where)
      .orderBy(...sortBy(input.sort))
      .limit(customersPerPage)
      .offset((input.page - 1) * customersPerPage),
    db.select({ count: count() }).from(users).where(where),
  ])
  return { customers: rows, total: total!.count }
}

/** A customer for staff; null for staff members and unknown ids. */
export async function getCustomer(id: number) {
  const [row] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      phone: users.phone,
      emailVerifiedAt: users.emailVerifiedAt,
      disabledAt: users.disabledAt,
      createdAt: users.createdAt,
      hasTwoFactor: sql<boolean>`${users.totpEnabledAt} is not null`,
      devices: sql<number>`(select count(*)::int from ${sessions} s where s.user_id = users.id)`,
      orders: orderCount,
      spent,
    })
    .from(users)
    .innerJoin(bought, sql`true`)
    .where(and(eq(users.id, id), isCustomer))
  return row ?? null
}

/** The customer's newest orders, including canceled ones. */
export async function listCustomerOrders(userId: number) {
  return db
    .select({
      id: orders.id,
      number: orders.number,
      numberPrefix: orders.numberPrefix,
      placedAt: orders.placedAt,
      total: orders.total,
      paymentState: orders.paymentState,
      fulfillmentState: orders.fulfillmentState,
      canceledAt: orders.canceledAt,
    })
    .from(orders)
    .where(eq(orders.userId, userId))
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(maxOrders)
}

function matchesQuery(query: string): SQL | undefined {
  if (query === '') return undefined
  const part = containsPattern(query)
  return or(sql`${users.name} ilike ${part}`, sql`${users.email} like ${part.toLowerCase()}`)
}

function sortBy(sort: CustomerSort): SQL[] {
  switch (sort) {
    case 'newest':
      return [desc(users.createdAt), desc(users.id)]
    case 'oldest':
      return [asc(users.createdAt), asc(users.id)]
    case 'name':
      return [sql`lower(${users.name})`, asc(users.id)]
    case 'spent':
      return [desc(spent), desc(users.id)]
    case 'orders':
      return [desc(orderCount), desc(users.id)]
  }
}
