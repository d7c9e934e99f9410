import { eq, sql } from 'drizzle-orm'
import type { OrderTotals } from '#app/domain/pricing/order-totals.ts'
import type { Tx } from '#db/client.ts'
import { promotionRedemptions } from '#db/schema/index.ts'

/** Records the promotions of a new order, as a step of the caller's transaction. */
export async function insertRedemptions(
  tx: Tx,
  orderId: number,
  applied: OrderTotals['promotions'],
): Promise<void> {
  if (applied.length === 0) return
  await tx.insert(promotionRedemptions).values(
    applied.map(({ offer: { promotion, code }, amount }) => ({
      orderId,
      promotionId: promotion.id,
      code: code ?? '',
      amount,
    })),
  )
}

/** The promotions of an edited order: one that no longer applies does not count as used. */
export async function replaceRedemptions(
  tx: Tx,
  orderId: number,
  applied: OrderTotals['promotions'],
): Promise<void> {
  await tx.delete(promotionRedemptions).where(eq(promotionRedemptions.orderId, orderId))
  await insertRedemptions(tx, orderId, applied)
}

/** The promotions of a canceled order no longer count as used, as a step of the caller's transaction. */
export async function releaseRedemptions(tx: Tx, orderId: number): Promise<void> {
  await tx
    .update(promotionRedemptions)
    .set({ releasedAt: sql`now()` })
    .where(eq(promotionRedemptions.orderId, orderId))
}
