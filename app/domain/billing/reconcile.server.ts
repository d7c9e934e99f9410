import { and, eq, isNotNull, lt, notInArray, or, sql } from 'drizzle-orm'
import { unpaidStates } from '#app/domain/orders/order-states.ts'
import { db } from '#db/client.ts'
import { orders, paymentAttempts, payments, refundTransfers } from '#db/schema/index.ts'
import { applyPayment, applySession } from './apply-payment.server.ts'
import { applyRefund } from './apply-refund.server.ts'
import type { StoredAttempt } from './attempts.server.ts'
import { endAttempt } from './expire-orders.server.ts'
import type { PaymentProvider } from './provider.ts'
import { storeEvent } from './provider-events.server.ts'

/** Webhooks are sent again for three days. */
const eventDays = 3

/**
 * Asks the provider about everything that has waited too long for its word: attempts whose creation was not answered,
 * pages past their time or of orders that need no payment, payments that take days, holds of such orders, refunds on
 * their way. A call that creates a page is answered or given up within two minutes. Returns what failed; the next run tries again.
 */
export async function reconcilePayments(
  provider: PaymentProvider,
  { answersWithinSeconds = 120 } = {},
): Promise<unknown[]> {
  const failures: unknown[] = []
  const each = async <T>(all: T[], ask: (one: T) => Promise<void>) => {
    for (const one of all) await ask(one).catch((error: unknown) => void failures.push(error))
  }
  await each(await listAttempts(answersWithinSeconds), (attempt) => reconcileAttempt(attempt, provider))
  await each(await listNeedlessHolds(), async (id) => applyPayment(await provider.release(id)))
  await each(await listPendingRefunds(), async (id) =>
    applyRefund(await provider.retrieveRefund(id), provider),
  )
  return failures
}

async function reconcileAttempt(attempt: StoredAttempt, provider: PaymentProvider): Promise<void> {
  if (attempt.status === 'processing') return applySession(await provider.retrieveSession(attempt.sessionId!))
  if (attempt.status === 'open') return endAttempt(attempt, provider)
  const session = await provider.findSession(attempt)
  return session ? applySession(session) : endAttempt(attempt, provider)
}

async function listAttempts(answersWithinSeconds: number): Promise<StoredAttempt[]> {
  const rows = await db
    .select({ attempt: paymentAttempts })
    .from(paymentAttempts)
    .innerJoin(orders, eq(orders.id, paymentAttempts.orderId))
    .where(
      or(
        and(
          eq(paymentAttempts.status, 'creating'),
          lt(paymentAttempts.createdAt, sql`now() - make_interval(secs => ${answersWithinSeconds})`),
        ),
        eq(paymentAttempts.status, 'processing'),
        and(
          eq(paymentAttempts.status, 'open'),
          or(
            lt(paymentAttempts.expiresAt, sql`now()`),
            isNotNull(orders.canceledAt),
            notInArray(orders.paymentState, unpaidStates),
          ),
        ),
      ),
    )
    .orderBy(paymentAttempts.id)
  return rows.map(({ attempt }) => attempt)
}

/** Money that is held for an order that is canceled, or that was paid otherwise. */
async function listNeedlessHolds(): Promise<string[]> {
  const rows = await db
    .select({ id: payments.providerId })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      and(
        eq(payments.status, 'authorized'),
        isNotNull(payments.providerId),
        or(isNotNull(orders.canceledAt), sql`${orders.receivedTotal} >= ${orders.total}`),
      ),
    )
  return rows.map(({ id }) => id!)
}

async function listPendingRefunds(): Promise<string[]> {
  const rows = await db
    .select({ id: refundTransfers.providerId })
    .from(refundTransfers)
    .where(and(eq(refundTransfers.status, 'pending'), isNotNull(refundTransfers.providerId)))
  return rows.map(({ id }) => id!)
}

/** Stores the provider's messages of the last days that did not arrive; returns how many there were. */
export async function findMissedEvents(provider: PaymentProvider): Promise<number> {
  let missed = 0
  const since = new Date(Date.now() - eventDays * 24 * 60 * 60_000)
  for await (const { event, body } of provider.listEvents(since))
    if (await storeEvent(event, body)) missed += 1
  return missed
}
