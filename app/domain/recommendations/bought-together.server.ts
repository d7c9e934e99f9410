import { sql } from 'drizzle-orm'
import { transaction } from '#db/client.ts'

const days = 180
/** Pairs that are kept of each product; a page shows fewer. */
const perProduct = 12
/** Orders of many products say little about each pair, and have many pairs. */
const maxProducts = 20

/**
 * Counts which products were ordered together in the last 180 days, without canceled orders and orders of more than 20
 * products. Runs of different processes wait for each other. Returns the number of pairs.
 */
export async function refreshBoughtTogether(now: Date): Promise<number> {
  return transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = '10min'`)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('refresh-bought-together', 0))`)
    const [result] = await tx.execute<{ pairs: number }>(sql`
      with ordered as materialized (
        select distinct o.id, l.product_id
        from orders o join order_lines l on l.order_id = o.id join products p on p.id = l.product_id
        where o.placed_at > ${now.toISOString()}::timestamptz - make_interval(days => ${days})
          and o.canceled_at is null
      ), small as (
        select id from ordered group by id having count(*) between 2 and ${maxProducts}
      ), counted as (
        select a.product_id, b.product_id as other_id, count(*)::int as orders
        from small join ordered a using (id) join ordered b using (id)
        where a.product_id <> b.product_id group by 1, 2
      ), best as materialized (
        select * from (
          select *, row_number() over (partition by product_id order by orders desc, other_id) as place from counted
        ) ranked where place <= ${perProduct}
      ), gone as (
        delete from bought_together t
        where not exists (select from best b where (b.product_id, b.other_id) = (t.product_id, t.other_id))
      ), written as (
        insert into bought_together as t (product_id, other_id, orders)
        select product_id, other_id, orders from best
        on conflict (product_id, other_id) do update set orders = excluded.orders where t.orders <> excluded.orders
      )
      select count(*)::int as pairs from best`)
    return result!.pairs
  })
}
