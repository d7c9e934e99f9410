import { sql } from 'drizzle-orm'
import { transaction } from '#db/client.ts'
import { orderLines, orders, productSales } from '#db/schema/index.ts'

const days = 90

/**
 * Counts the units of each product in the orders of the last 90 days, without canceled orders and without units that
 * were refunded before they were shipped. Runs of different processes wait for each other. Returns how many products
 * changed.
 */
export async function refreshProductSales(now: Date): Promise<number> {
  return transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('refresh-sales', 0))`)
    const changed = await tx.execute(sql`
      with sold as (
        select l.product_id, sum(l.quantity - l.removed_quantity)::int as units
        from ${orders} o join ${orderLines} l on l.order_id = o.id
        where o.placed_at > ${now.toISOString()}::timestamptz - make_interval(days => ${days})
          and o.canceled_at is null and l.product_id is not null
        group by l.product_id having sum(l.quantity - l.removed_quantity) > 0
      ), gone as (
        delete from ${productSales} s where not exists (select from sold where sold.product_id = s.product_id)
        returning s.product_id
      ), kept as (
        insert into ${productSales} as s (product_id, units) select product_id, units from sold
        on conflict (product_id) do update set units = excluded.units where s.units <> excluded.units
        returning s.product_id
      )
      select product_id from gone union all select product_id from kept`)
    return changed.length
  })
}
