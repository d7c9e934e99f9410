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

/**
 * The promotions of a canceled order count as used again, as a step of the caller's transaction. Returns whether their
 * limits still allow it; otherwise nothing is changed.
 */
export async function reclaimRedemptions(
  tx: Tx,
  order: { id: number; customerKey: string },
): Promise<boolean> {
  await tx.execute(sql`select from promotions p
    where p.id in (select promotion_id from promotion_redemptions where order_id = ${order.id})
    order by p.id for no key update`)
  await tx.execute(sql`select from promotion_codes c
    where c.code in (select code from promotion_redemptions where order_id = ${order.id})
    order by c.id for no key update`)
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('customer ' || ${order.customerKey}::text, 0))`,
  )
  const used = await tx.execute(sql`
    select from promotion_redemptions r join promotions p on p.id = r.promotion_id
    cross join lateral (
      select count(*) as uses, count(*) filter (where o.customer_key = ${order.customerKey}) as own,
        count(*) filter (where u.code = r.code and exists (select from promotion_codes c where c.code = r.code)) as of_code
      from promotion_redemptions u join orders o on o.id = u.order_id
      where u.promotion_id = p.id and u.released_at is null
    ) now_used
    where r.order_id = ${order.id} and (p.usage_limit <= uses or p.limit_per_customer <= own or of_code > 0
      or p.is_first_order_only and exists (
        select from orders o where o.customer_key = ${order.customerKey} and o.id <> ${order.id} and o.canceled_at is null))`)
  if (used.length > 0) return false
  await tx
    .update(promotionRedemptions)
    .set({ releasedAt: null })
    .where(eq(promotionRedemptions.orderId, order.id))
  return true
}

/** The promotions of a canceled order no longer count as used, as a step of the caller's transaction. */
export async function releaseRedemptions(tx: Tx, orderId: number): Promise<void> {
  await tx
    .update(promotionRedemptions)
    .set({ releasedAt: sql`now()` })
    .where(eq(promotionRedemptions.orderId, orderId))
}
