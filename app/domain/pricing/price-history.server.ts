import { asc, inArray, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { priceHistory } from '#db/schema/index.ts'
import { priorPrice, type RecordedPrice } from './prior-price.ts'

const millis = (instant: typeof priceHistory.startsAt | typeof priceHistory.publishedAt) =>
  sql<number | null>`(extract(epoch from ${instant}) * 1000)::float8`

/** The prior price of each of these variants that is reduced now and was on sale before, by variant id. */
export async function listPriorPrices(variantIds: number[]): Promise<Map<number, number>> {
  if (variantIds.length === 0) return new Map()
  const rows = await db
    .select({
      variantId: priceHistory.variantId,
      startsAt: sql<number>`${millis(priceHistory.startsAt)}`,
      price: priceHistory.price,
      isReduced: priceHistory.isReduced,
      publishedAt: millis(priceHistory.publishedAt),
      now: sql<number>`(extract(epoch from now()) * 1000)::float8`,
    })
    .from(priceHistory)
    .where(inArray(priceHistory.variantId, variantIds))
    .orderBy(asc(priceHistory.variantId), asc(priceHistory.id))
  const priorPrices = new Map<number, number>()
  for (const [variantId, history] of Map.groupBy(rows, (row) => row.variantId)) {
    const prior = priorPrice(history satisfies RecordedPrice[], history[0]!.now)
    if (prior !== null) priorPrices.set(variantId, prior)
  }
  return priorPrices
}

/**
 * Deletes rows that no reduction can need: those that ended more than 30 days ago, and more than 30 days before the
 * oldest row of the sequence of reduced rows that lasts until now. Safe to run at any time, and twice.
 */
export async function deleteOldPrices(): Promise<void> {
  await db.execute(sql`
    with rows as (
      select variant_id, id, starts_at, is_reduced,
        lead(starts_at) over later as ends_at,
        max(id) filter (where not is_reduced) over (partition by variant_id) as last_unreduced_id
      from ${priceHistory} window later as (partition by variant_id order by id)
    ), needed as (
      select variant_id, least(now(), min(starts_at) filter (where id > coalesce(last_unreduced_id, 0))) - interval '720 hours' as since
      from rows group by variant_id
    )
    delete from ${priceHistory} h using rows, needed
    where needed.variant_id = rows.variant_id and rows.ends_at <= needed.since
      and h.variant_id = rows.variant_id and h.id = rows.id`)
}
