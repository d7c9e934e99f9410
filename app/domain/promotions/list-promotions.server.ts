import { and, count, desc, eq, getTableColumns, or, type SQL, sql } from 'drizzle-orm'
import { containsPattern } from '#app/domain/like.ts'
import { db } from '#db/client.ts'
import { promotionItems, promotionRedemptions, promotions } from '#db/schema/index.ts'
import type { ItemCounts, PromotionKind, PromotionStatus } from './promotions.ts'

export const promotionFilters = ['all', 'active', 'scheduled', 'ended'] as const
export type PromotionFilter = (typeof promotionFilters)[number]

export const promotionsPerPage = 50

export type PromotionListRow = Awaited<ReturnType<typeof listPromotions>>['promotions'][number]

/** The status by the database's clock, which also decides whether an order gets the discount. */
export const promotionStatus = () => sql<PromotionStatus>`case
  when promotions.ends_at <= now() then 'ended'
  when promotions.starts_at > now() then 'scheduled'
  else 'active' end`

/**
 * One page of promotions, those with the latest start first, with the total count. `query` matches part of a title or a
 * code; generated codes only as a whole. Pages count from 1.
 */
export async function listPromotions(input: {
  filter: PromotionFilter
  kind: PromotionKind | 'any'
  query: string
  page: number
}) {
  const where = and(matchesFilter(input.filter), matchesKind(input.kind), matchesQuery(input.query))
  const [rows, [total]] = await Promise.all([
    db
      .select({
        ...getTableColumns(promotions),
        status: promotionStatus(),
        uses: sql<number>`(select count(*)::int from ${promotionRedemptions} r
          where r.promotion_id = promotions.id and r.released_at is null)`,
        items: sql<ItemCounts>`(select json_build_object('products', count(i.product_id), 'collections', count(i.collection_id))
          from ${promotionItems} i where i.promotion_id = promotions.id and not i.is_get)`,
      })
      .from(promotions)
      .where(where)
      .orderBy(desc(promotions.startsAt), desc(promotions.id))
      .limit(promotionsPerPage)
      .offset((input.page - 1) * promotionsPerPage),
    db.select({ count: count() }).from(promotions).where(where),
  ])
  return { promotions: rows, total: total!.count }
}

/** The number of promotions in each list. */
export async function countPromotions(): Promise<Record<PromotionFilter, number>> {
  const matching = (filter: PromotionFilter) =>
    sql<number>`(count(*) filter (where ${matchesFilter(filter) ?? sql`true`}))::int`
  const [row] = await db
    .select({
      all: matching('all'),
      active: matching('active'),
      scheduled: matching('scheduled'),
      ended: matching('ended'),
    })
    .from(promotions)
  return row!
}

function matchesFilter(filter: PromotionFilter): SQL | undefined {
  return filter === 'all' ? undefined : sql`${promotionStatus()} = ${filter}`
}

function matchesKind(kind: PromotionKind | 'any'): SQL | undefined {
  return kind === 'any' ? undefined : eq(promotions.kind, kind)
}

function matchesQuery(query: string): SQL | undefined {
  if (query === '') return undefined
  const part = containsPattern(query)
  return or(
    sql`${promotions.title} ilike ${part}`,
    sql`${promotions.code} ilike ${part}`,
    sql`${promotions.id} in (select promotion_id from promotion_codes where code = ${query.toUpperCase()})`,
  )
}

/** What the header of a promotion's pages shows; null when there is none. */
export async function getPromotionHead(id: number) {
  const { title, kind, isAutomatic, code, generatedCodes } = promotions
  const [row] = await db
    .select({ id: promotions.id, title, kind, isAutomatic, code, generatedCodes, status: promotionStatus() })
    .from(promotions)
    .where(eq(promotions.id, id))
  return row ?? null
}
