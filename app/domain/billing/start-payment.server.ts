import { count, eq, sql } from 'drizzle-orm'
import { changeOrder, lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { amountDue, canBePaid } from '#app/domain/orders/order-states.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { orders, paymentAttempts } from '#db/schema/index.ts'
import { applySession } from './apply-payment.server.ts'
import {
  attemptEnd,
  changeAttempt,
  findUnfinishedAttempt,
  insertAttempt,
  openAttempt,
  type StoredAttempt,
} from './attempts.server.ts'
import type { PaymentProvider } from './provider.ts'

export type StartPaymentResult =
  | { ok: true; url: string }
  | { ok: false; reason: 'not-found' | 'not-payable' | 'processing' | 'too-many' | 'refused' | 'no-answer' }

/** Each reserves the items for another hour. */
const maxAttempts = 10

/**
 * Opens a new payment page for an unpaid order; the old one is ended first, so that an order can be paid on one page
 * only. If it was paid on the old one meanwhile, that payment is applied.
 */
export async function startPayment(
  token: string,
  { provider, isAuthorization }: { provider: PaymentProvider; isAuthorization: boolean },
): Promise<StartPaymentResult> {
  const [order] = await db.select({ id: orders.id }).from(orders).where(eq(orders.token, token))
  if (!order) return { ok: false, reason: 'not-found' }
  try {
    const former = await endFormerAttempt(order.id, provider)
    if (former === 'processing') return { ok: false, reason: 'processing' }
    const attempt = await transaction((tx) => beginAttempt(tx, order.id, { former, isAuthorization }))
    if ('reason' in attempt) return attempt
    const url = await openAttempt(attempt, provider)
    return url === null ? { ok: false, reason: 'refused' } : { ok: true, url }
  } catch (error) {
    if (!isNoAnswer(error)) throw error
    return { ok: false, reason: 'no-answer' }
  }
}

/** The page of an order that was just placed; null when it cannot be opened now. */
export async function openPaymentPage(orderId: number, provider: PaymentProvider): Promise<string | null> {
  const attempt = await findUnfinishedAttempt(orderId)
  if (attempt?.status === 'open') return attempt.url
  if (attempt?.status !== 'creating') return null
  return openAttempt(attempt, provider).catch((error: unknown) => {
    if (!isNoAnswer(error)) throw error
    return null
  })
}

/** Ends the page on which the order can still be paid, and applies what happened on it. */
async function endFormerAttempt(orderId: number, provider: PaymentProvider) {
  const former = await findUnfinishedAttempt(orderId)
  if (!former) return null
  if (former.status === 'processing') return 'processing'
  // The answer to the call that created it was lost, or has not arrived yet.
  const sessionId = former.sessionId ?? (await provider.findSession(former))?.id
  if (!sessionId) return former.id
  const session = await provider.expireSession(sessionId)
  if (session.payment) await applySession(session)
  return former.id
}

async function beginAttempt(
  tx: Tx,
  orderId: number,
  { former, isAuthorization }: { former: number | null; isAuthorization: boolean },
): Promise<StoredAttempt | { ok: false; reason: 'not-payable' | 'processing' | 'too-many' }> {
  const order = (await lockOrder(tx, orderId))!
  const amount = amountDue(order)
  if (order.paymentMethod !== 'stripe' || !canBePaid(order) || amount === 0)
    return { ok: false, reason: 'not-payable' }
  const current = await findUnfinishedAttempt(orderId, tx)
  if (current?.status === 'processing') return { ok: false, reason: 'processing' }
  // Pressed twice at once: both continue on the page of the first.
  if (current && current.id !== former) return current
  if (current) await changeAttempt(tx, current.id, { status: 'expired' })
  const [made] = await tx
    .select({ attempts: count() })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.orderId, orderId))
  if (made!.attempts >= maxAttempts) return { ok: false, reason: 'too-many' }
  if (order.payBy) await changeOrder(tx, orderId, { payBy: sql`greatest(pay_by, ${attemptEnd})` })
  return insertAttempt(tx, { orderId, amount, currency: order.currency, isAuthorization })
}

/** The provider could not be reached, or failed; its client's errors have a type that begins with its name. */
function isNoAnswer(error: unknown): boolean {
  return error instanceof Error && String((error as { type?: unknown }).type).startsWith('Stripe')
}
