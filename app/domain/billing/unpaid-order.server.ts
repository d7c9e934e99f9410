import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { canBePaid, type OrderState } from '#app/domain/orders/order-states.ts'
import { db } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { applySession } from './apply-payment.server.ts'
import { findUnfinishedAttempt } from './attempts.server.ts'
import type { PaymentProvider } from './provider.ts'

/**
 * The token of the order that an empty cart has become: the shopper's latest one that waits for its card payment, or that
 * this session placed in the last ten minutes. Null when there is none.
 */
export async function findOrderOfCart({ sessionId, userId }: Shopper): Promise<string | null> {
  const isOwn = or(eq(orders.sessionId, sessionId), userId === null ? undefined : eq(orders.userId, userId))
  const isUnpaid = and(
    isOwn,
    eq(orders.paymentMethod, 'stripe'),
    eq(orders.paymentState, 'pending'),
    gt(orders.payBy, sql`now()`),
  )
  const isRecent = and(
    eq(orders.sessionId, sessionId),
    gt(orders.placedAt, sql`now() - interval '10 minutes'`),
  )
  const [order] = await db
    .select({ token: orders.token })
    .from(orders)
    .where(and(isNull(orders.canceledAt), or(isUnpaid, isRecent)))
    .orderBy(desc(orders.id))
    .limit(1)
  return order?.token ?? null
}

/** A page does not wait longer for the provider. */
const timeoutMs = 3_000

/**
 * Asks whether an unpaid order was paid on its open page: customers return before the message of the provider arrives.
 * When there is no answer, the message will tell. Returns the state of the attempt, null for an order that does not wait
 * for one; otherwise the order has to be read again.
 */
export async function refreshPayment(
  order: OrderState & { id: number; paymentMethod: string },
  provider: PaymentProvider | null,
): Promise<'open' | 'processing' | 'finished' | null> {
  if (order.paymentMethod !== 'stripe' || !canBePaid(order) || !provider) return null
  const attempt = await findUnfinishedAttempt(order.id)
  // The message may have been applied since the order was read.
  if (!attempt) return 'finished'
  if (attempt.status === 'open' && attempt.sessionId !== null) {
    const session = await provider.retrieveSession(attempt.sessionId, { timeoutMs }).catch(() => null)
    if (session && session.status !== 'open') await applySession(session)
  }
  const now = await findUnfinishedAttempt(order.id)
  if (!now) return 'finished'
  return now.status === 'processing' ? 'processing' : 'open'
}
