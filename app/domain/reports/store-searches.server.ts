import { lt, type SQL, sql } from 'drizzle-orm'
import { db, transaction } from '#db/client.ts'
import { products, searchClicks, searchCounts, settings } from '#db/schema/index.ts'
import { searchReportDays } from './counted-query.ts'
import type { SearchBatch } from './search-batch.ts'

/**
 * Distinct rows that a day can have in each table. Beyond it only known ones are counted, so that made-up queries cannot
 * fill the tables; processes that store at once may exceed it by a batch.
 */
export const maxRowsPerDay = 5_000

/**
 * Adds a batch to the counters of the day that `now` is in, in the shop's time zone. All of it or nothing. Rows are
 * written in the same order by all processes, so that they wait for each other instead of deadlocking.
 */
export async function storeSearches(batch: SearchBatch, now: Date): Promise<void> {
  const searches = [...batch.searches].map(([query, counted]) => ({ query, ...counted }))
  const clicks = [...batch.clicks].flatMap(([query, handles]) =>
    [...handles].map(([handle, count]) => ({ query, handle, clicks: count })),
  )
  await transaction(async (tx) => {
    if (searches.length > 0)
      await tx.execute(sql`
        with batch as (
          select ${dayOf(now)} as day, b.*
          from jsonb_to_recordset(${JSON.stringify(searches)}::jsonb)
            as b (query text collate "C", searches int, results int)
        ), allowed as (${withinLimit(searchCounts, sql`(b.query)`, sql`(c.query)`)})
        insert into ${searchCounts} as c (day, query, searches, results)
        select day, query, searches, results from allowed order by query
        on conflict (day, query) do update
          set searches = c.searches + excluded.searches, results = excluded.results`)
    if (clicks.length > 0)
      await tx.execute(sql`
        with batch as (
          select ${dayOf(now)} as day, b.query, p.id as product_id, b.clicks
          from jsonb_to_recordset(${JSON.stringify(clicks)}::jsonb)
            as b (query text collate "C", handle text, clicks int)
          join ${products} p on p.handle = b.handle
        ), allowed as (${withinLimit(searchClicks, sql`(b.query, b.product_id)`, sql`(c.query, c.product_id)`)})
        insert into ${searchClicks} as c (day, query, product_id, clicks)
        select day, query, product_id, clicks from allowed order by query, product_id
        on conflict (day, query, product_id) do update set clicks = c.clicks + excluded.clicks`)
  })
}

/** The rows of the batch that the day has, and new ones as long as there is room. */
function withinLimit(table: typeof searchCounts | typeof searchClicks, key: SQL, stored: SQL): SQL {
  return sql`
    select * from (
      select b.*, k.is_known, row_number() over (partition by k.is_known order by ${key}) as place
      from batch b
      cross join lateral (
        select exists (select from ${table} c where c.day = b.day and ${stored} = ${key}) as is_known
      ) k
    ) placed
    where is_known or place <= ${maxRowsPerDay} - (select count(*) from ${table} c where c.day = (select day from batch limit 1))`
}

/** Deletes the counters of the days that reports no longer show. */
export async function deleteOldSearches(now = new Date()): Promise<void> {
  const firstDay = sql`${dayOf(now)} - ${searchReportDays - 1}::int`
  await db.delete(searchCounts).where(lt(searchCounts.day, firstDay))
  await db.delete(searchClicks).where(lt(searchClicks.day, firstDay))
}

/** The date in the shop's time zone. */
function dayOf(now: Date): SQL {
  return sql`(select (${now.toISOString()}::timestamptz at time zone ${settings.timeZone})::date from ${settings})`
}
