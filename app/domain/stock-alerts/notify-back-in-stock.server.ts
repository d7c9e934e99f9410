import { type SQL, sql } from 'drizzle-orm'
import { enqueueShopperEmails } from '#app/domain/mail/outbox.server.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { transaction } from '#db/client.ts'
import { products, stockAlerts, stockLedger, variants } from '#db/schema/index.ts'

/** How long a notified shopper counts as about to buy one unit. */
const pauseHours = 24

/** Alerts of one run; the rest follow with the next. */
const atMost = 1_000

/**
 * Queues an email for the oldest confirmed alerts of each variant that is back in stock, no more than its stock can
 * serve: each person notified in the last 24 hours counts for one unit, less the units that were sold since. Runs of
 * different processes wait for each other, so nobody is notified twice. Returns how many were notified.
 */
export async function notifyBackInStock(now: Date): Promise<number> {
  return transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('notify-back-in-stock', 0))`)
    const rows = await tx.execute<{ id: number; email: string }>(markNotified(now))
    await enqueueShopperEmails(
      tx,
      rows.map(({ id, email }) => ({
        ...{ kind: 'back-in-stock' as const, to: email, about: `stock-alert:${id}` },
        stockAlertId: id,
      })),
    )
    return rows.length
  })
}

/** Marks the alerts that are due as notified. */
function markNotified(now: Date): SQL {
  const at = sql`${now.toISOString()}::timestamptz`
  return sql`
    with served as (${servedVariants(at)}), due as (
      select next.id from served
      cross join lateral (
        select a.id, a.confirmed_at from ${stockAlerts} a
        where a.variant_id = served.id and a.confirmed_at is not null and a.notified_at is null
        order by a.confirmed_at, a.id limit greatest(0, served.free)
      ) next
      order by next.confirmed_at, next.id limit ${atMost}
    )
    update ${stockAlerts} a set notified_at = ${at} from due where a.id = due.id and a.notified_at is null
    returning a.id::int as id, a.email`
}

/** The variants that are waited for and in stock, each with how many people can be notified now. */
function servedVariants(at: SQL): SQL {
  return sql`
    select v.id, case when v.track_stock then v.stock - greatest(0, recent.notified - sold.units) else ${atMost}::int end as free
    from (select distinct variant_id from ${stockAlerts} where confirmed_at is not null and notified_at is null) w
    join ${variants} v on v.id = w.variant_id and v.price is not null and (v.stock > 0 or not v.track_stock)
    join ${products} on ${products.id} = v.product_id and ${isPublished}
    cross join lateral (
      select count(*)::int as notified, min(a.notified_at) as first from ${stockAlerts} a
      where a.variant_id = v.id and a.notified_at > ${at} - make_interval(hours => ${pauseHours})
    ) recent
    cross join lateral (
      select coalesce(-sum(l.delta), 0)::int as units from ${stockLedger} l
      where l.variant_id = v.id and l.reason = 'sale' and l.created_at >= recent.first
    ) sold`
}
