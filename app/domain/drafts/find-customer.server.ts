import { and, desc, eq, sql } from 'drizzle-orm'
import { containsPattern } from '#app/domain/like.ts'
import { shippingAddress } from '#app/domain/orders/orders.ts'
import type { Address } from '#app/domain/shipping/address.ts'
import { db } from '#db/client.ts'
import { addresses, orders, users } from '#db/schema/index.ts'

export type FoundCustomer = { email: string; name: string }

const maxFound = 5

/**
 * Customers by part of an email or a name: those who ordered and, for staff who may see them, those with an account. Each
 * email once.
 */
export async function findCustomers(query: string, seesAccounts: boolean): Promise<FoundCustomer[]> {
  if (query === '') return []
  const part = containsPattern(query)
  const rows = await db.execute<FoundCustomer>(sql`
    select email, name from (
      select distinct on (email) email, name, rank from (
        select u.email, u.name, 0 as rank from ${users} u
        where ${seesAccounts} and u.role = 'customer' and u.disabled_at is null
          and (u.name ilike ${part} or u.email like ${part.toLowerCase()})
        union all
        (select o.email, o.ship_name, 1 from ${orders} o
        where o.ship_name ilike ${part} or o.email like ${part.toLowerCase()}
        order by o.placed_at desc limit 100)
      ) known order by email, rank
    ) found order by rank, name, email limit ${maxFound}`)
  return [...rows]
}

/**
 * Where a customer lives: the default address of their account, for staff who may see accounts, else the address of
 * their latest order. Null when neither is known.
 */
export async function getCustomerDetails(
  email: string,
  seesAccounts: boolean,
): Promise<(Address & { phone: string }) | null> {
  const [own] = await db
    .select({ address: addresses })
    .from(users)
    .innerJoin(addresses, and(eq(addresses.userId, users.id), eq(addresses.isDefault, true)))
    .where(and(eq(users.email, email), eq(users.role, 'customer'), sql`${seesAccounts}`))
  if (own) {
    const { name, company, line1, line2, postcode, city, region, country, phone } = own.address
    return { name, company, line1, line2, postcode, city, region, country, phone }
  }
  const [order] = await db
    .select()
    .from(orders)
    .where(sql`${orders.customerKey} = customer_key(${email})`)
    .orderBy(desc(orders.id))
    .limit(1)
  return order ? { ...shippingAddress(order), phone: order.phone } : null
}
