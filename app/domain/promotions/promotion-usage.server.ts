import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { orders, promotionRedemptions } from '#db/schema/index.ts'

const ordersShown = 20

/** How often a promotion was used and what it took off, and the last orders with it. Canceled orders do not count. */
export async function getPromotionUsage(promotionId: number) {
  const isCounted = and(
    eq(promotionRedemptions.promotionId, promotionId),
    isNull(promotionRedemptions.releasedAt),
  )
  const [[sums], rows] = await Promise.all([
    db
      .select({
        uses: sql<number>`count(*)::int`,
        discount: sql`coalesce(sum(${promotionRedemptions.amount}), 0)`.mapWith(Number),
      })
      .from(promotionRedemptions)
      .where(isCounted),
    db
      .select({
        id: orders.id,
        number: orders.number,
        numberPrefix: orders.numberPrefix,
        placedAt: orders.placedAt,
        canceledAt: orders.canceledAt,
        code: promotionRedemptions.code,
        amount: promotionRedemptions.amount,
      })
      .from(promotionRedemptions)
      .innerJoin(orders, eq(orders.id, promotionRedemptions.orderId))
      .where(eq(promotionRedemptions.promotionId, promotionId))
      .orderBy(desc(promotionRedemptions.id))
      .limit(ordersShown),
  ])
  return { uses: sums!.uses, discount: sums!.discount, orders: rows }
}
