import { type SQL, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { orderLines, orders, products, searchClicks, searchCounts } from '#db/schema/index.ts'
import type { SearchedTerm, SearchList, SearchSales, SearchSort } from './search-report.ts'

/** `withSales`: whether the reader may see orders. */
type Reading = { days: number; timeZone: string; now: Date; withSales: boolean }

/**
 * What shoppers searched for in the last days, today included: counters of searches and clicks, and the order lines that
 * a search led to, in orders that were not canceled. Sorted by one column, highest first; `total` counts all terms.
 */
export async function listSearchedTerms(
  reading: Reading & { list: SearchList; sort: SearchSort; limit: number },
): Promise<{ terms: SearchedTerm[]; total: number }> {
  const { list, sort, limit, withSales } = reading
  const rows = await db.execute<Counted & { query: string; total: number }>(sql`
    select t.*, count(*) over ()::float8 as total from (${countedTerms(reading)}) t
    where ${inList[list]} order by ${sortColumn(sort, withSales)} desc nulls last, t.searches desc, t.query
    limit ${limit}`)
  const terms = rows.map((row) => ({ query: row.query, ...toTerm(row, withSales) }))
  return { terms, total: rows[0]?.total ?? 0 }
}

/** Sums over all terms. */
export async function sumSearches(reading: Reading) {
  const [row] = await db.execute<Counted & { empty: number }>(sql`
    select coalesce(sum(t.searches), 0)::float8 as searches, null as results,
      coalesce(sum(t.searches) filter (where t.results = 0), 0)::float8 as empty,
      coalesce(sum(t.clicks), 0)::float8 as clicks, coalesce(sum(t.units), 0)::float8 as units,
      coalesce(sum(t.revenue), 0)::float8 as revenue,
      (select count(distinct b.order_id) from (${boughtLines(reading)}) b)::float8 as orders
    from (${countedTerms(reading)}) t`)
  const { results: _, ...sums } = toTerm(row!, reading.withSales)
  /** Searches for terms whose last search found nothing. */
  return { ...sums, withoutResults: row!.empty }
}

export type SearchedProduct = {
  productId: number
  /** Null when the product was deleted. */
  title: string | null
  clicks: number
  sales: SearchSales | null
}

/** One term with the products that were opened and bought after it, most opened first. */
export async function getSearchedTerm(reading: Reading & { query: string }) {
  const { query, withSales } = reading
  const [[counted], found] = await Promise.all([
    db.execute<Counted>(sql`select * from (${countedTerms(reading)}) t where t.query = ${query}`),
    db.execute<Counted & { product_id: number; title: string | null }>(sql`
      with clicked as (
        select product_id, sum(clicks)::int as clicks from ${searchClicks}
        where day >= ${firstDay(reading)} and query = ${query} group by product_id
      ), bought as (
        select product_id, ${sums} from (${boughtLines(reading)}) b
        where query = ${query} and product_id is not null group by product_id
      )
      select product_id::float8, (select title from ${products} p where p.id = product_id), ${amounts},
        0 as searches, null as results
      from clicked full join bought using (product_id)
      order by clicks desc, ${withSales ? sql`units desc,` : sql``} product_id`),
  ])
  const listed: SearchedProduct[] = found.map((row) => {
    const { clicks, sales } = toTerm(row, withSales)
    return { productId: row.product_id, title: row.title, clicks, sales }
  })
  return {
    ...(counted ? toTerm(counted, withSales) : { searches: 0, results: null, clicks: 0, sales: null }),
    products: listed.filter(({ clicks, sales }) => clicks > 0 || sales !== null),
  }
}

type Counted = {
  searches: number
  results: number | null
  clicks: number
  orders: number
  units: number
  revenue: number
}

function toTerm(row: Counted, withSales: boolean): Omit<SearchedTerm, 'query'> {
  const { searches, results, clicks, orders, units, revenue } = row
  return { searches, results, clicks, sales: withSales ? { orders, units, revenue } : null }
}

const sums = sql`count(distinct order_id)::int as orders, sum(quantity)::float8 as units,
  sum(line_total)::float8 as revenue`

const amounts = sql`coalesce(clicks, 0) as clicks, coalesce(orders, 0) as orders, coalesce(units, 0) as units,
  coalesce(revenue, 0) as revenue`

/** A row per term: searches, results, clicks, orders, units, revenue. */
function countedTerms(reading: Reading): SQL {
  return sql`
    select query, coalesce(searches, 0) as searches, results, ${amounts}
    from (
      select query, sum(searches)::int as searches, (array_agg(results order by day desc))[1] as results
      from ${searchCounts} where day >= ${firstDay(reading)} group by query
    ) searched
    full join (
      select query, sum(clicks)::int as clicks
      from ${searchClicks} where day >= ${firstDay(reading)} group by query
    ) clicked using (query)
    full join (select query, ${sums} from (${boughtLines(reading)}) b group by query) bought using (query)`
}

/** The order lines that a search led to. Without the right to see orders, none: such a term would tell of an order. */
function boughtLines({ withSales, ...reading }: Reading): SQL {
  return sql`
    select l.search_query as query, l.product_id, l.order_id, l.quantity, l.line_total
    from ${orders} o join ${orderLines} l on l.order_id = o.id
    where l.search_query is not null and o.canceled_at is null and ${withSales}
      and o.placed_at >= (${firstDay(reading)}::timestamp at time zone ${reading.timeZone})`
}

function firstDay({ days, timeZone, now }: Omit<Reading, 'withSales'>): SQL {
  return sql`((${now.toISOString()}::timestamptz at time zone ${timeZone})::date - ${days - 1}::int)`
}

const inList: Record<SearchList, SQL> = {
  all: sql`true`,
  'no-results': sql`t.results = 0`,
  'no-clicks': sql`t.results > 0 and t.clicks = 0`,
}

function sortColumn(sort: SearchSort, withSales: boolean): SQL {
  const columns = { searches: 'searches', results: 'results', clicks: 'clicks' }
  const sales = { orders: 'orders', revenue: 'revenue' }
  const name = { ...columns, ...(withSales && sales) }[sort as keyof typeof columns] ?? 'searches'
  return sql.raw(`t.${name}`)
}
