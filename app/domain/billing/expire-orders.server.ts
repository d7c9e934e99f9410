import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { waitsForPayment } from '#app/domain/orders/order-states.ts'
import { db, transaction } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { applySession } from './apply-payment.server.ts'
import { changeAttempt, findUnfinishedAttempt, type StoredAttempt } from './attempts.server.ts'
import { cancelLockedOrder } from './cancel-locked-order.server.ts'
import type { PaymentProvider } from './provider.ts'

/** At most so many in one run, which is repeated every minute. */
const perRun = 200

/**
 * Cancels the orders whose time to pay is over. Returns what failed; the others are done, and the next run tries again.
 */
export async function expireOrders(provider: PaymentProvider | null): Promise<unknown[]> {
  const due = await db
    .select({ id: orders.id })
    .from(orders)
    .where(and(lte(orders.payBy, sql`now()`), isNull(orders.canceledAt), eq(orders.paymentState, 'pending')))
    .orderBy(asc(orders.payBy))
    .limit(perRun)
  const failures: unknown[] = []
  for (const { id } of due)
    await expireOrder(id, provider).catch((error: unknown) => void failures.push(error))
  return failures
}

/**
 * Cancels an order that was not paid in time. Its payment page is ended first, and the order is canceled only if that
 * worked; if it was paid just before, the payment is applied.
 */
export async function expireOrder(orderId: number, provider: PaymentProvider | null): Promise<void> {
  const attempt = await findUnfinishedAttempt(orderId)
  if (attempt && !provider)
    throw new Error(`Order ${orderId} has an open payment page, but Stripe is not set up`)
  if (attempt) await endAttempt(attempt, provider!)
  await transaction(async (tx) => {
    const order = (await lockOrder(tx, orderId))!
    const [now] = await tx
      .select({ isOver: sql<boolean>`pay_by <= now()` })
      .from(orders)
      .where(eq(orders.id, orderId))
    if (!now?.isOver || !waitsForPayment(order) || (await findUnfinishedAttempt(orderId, tx))) return
    await cancelLockedOrder(tx, order, { kind: 'expired' })
  })
}

/** Ends the page of an attempt at the provider, and applies what happened on it. */
export async function endAttempt(attempt: StoredAttempt, provider: PaymentProvider): Promise<void> {
  const sessionId = attempt.sessionId ?? (await provider.findSession(attempt))?.id
  if (sessionId) return applySession(await provider.expireSession(sessionId))
  // The provider does not know it: nobody can pay.
  await transaction(async (tx) => {
    await lockOrder(tx, attempt.orderId)
    const current = await findUnfinishedAttempt(attempt.orderId, tx)
    if (current?.id === attempt.id && current.status === 'creating')
      await changeAttempt(tx, attempt.id, { status: 'expired' })
  })
}
