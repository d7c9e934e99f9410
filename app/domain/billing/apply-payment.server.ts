import { and, eq, sql } from 'drizzle-orm'
import { notifyCustomer, notifyStaff } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { changeOrder, lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { amountDue, waitsForPayment } from '#app/domain/orders/order-states.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { setAuditActor, transaction, type Tx } from '#db/client.ts'
import { orders, paymentAttempts, payments } from '#db/schema/index.ts'
import { changeAttempt, findAttemptByKey, isUnfinished, type StoredAttempt } from './attempts.server.ts'
import { cancelLockedOrder } from './cancel-locked-order.server.ts'
import { handleLatePayment } from './late-payment.server.ts'
import type { ProviderPayment, ProviderSession } from './provider.ts'
import { settleOrder } from './settle-order.server.ts'

export type LockedOrder = NonNullable<Awaited<ReturnType<typeof lockOrder>>>

/** An event can arrive before its row is committed elsewhere, so this is retried. */
export class UnknownAttempt extends Error {}

/**
 * Applies what the provider says about a hosted page, under the order's lock. The page of the order, the jobs and the
 * reconciler all come here; applying the same state again, or an older one, changes nothing. A session of another
 * software on the same account is ignored.
 */
export async function applySession(session: ProviderSession): Promise<void> {
  await withAttempt(session.attemptKey, async (tx, order, attempt) => {
    if (session.payment) return applyPaymentTo(tx, order, attempt, session.payment)
    if (session.status === 'expired' && isUnfinished(attempt)) {
      await changeAttempt(tx, attempt.id, { status: 'expired' })
      // Before its time it was ended by a newer attempt, or because the order is about to be canceled.
      if (await isTimeOver(tx, order)) await cancelLockedOrder(tx, order, { kind: 'expired' })
    }
    if (session.status === 'open' && attempt.status === 'creating')
      await changeAttempt(tx, attempt.id, { status: 'open', sessionId: session.id, url: session.url })
  })
}

/**
 * The same for a payment, whose changes are reported without its page: held, captured, released. `by` is the staff
 * member who asked for the change.
 */
export async function applyPayment(payment: ProviderPayment, by: number | null = null): Promise<void> {
  const isAboutMoney =
    payment.status === 'authorized' || payment.status === 'received' || payment.status === 'released'
  if (!isAboutMoney) return
  await withAttempt(payment.attemptKey, async (tx, order, attempt) => {
    if (by !== null) await setAuditActor(tx, by)
    await applyPaymentTo(tx, order, attempt, payment, by)
  })
}

async function withAttempt(
  key: string | null,
  work: (tx: Tx, order: LockedOrder, attempt: StoredAttempt) => Promise<void>,
): Promise<void> {
  if (key === null) return
  const found = await findAttemptByKey(key)
  if (!found) throw new UnknownAttempt(`There is no payment attempt ${key}`)
  await transaction(async (tx) => {
    const order = (await lockOrder(tx, found.orderId))!
    const [attempt] = await tx.select().from(paymentAttempts).where(eq(paymentAttempts.id, found.id))
    await work(tx, order, attempt!)
  })
}

async function isTimeOver(tx: Tx, order: LockedOrder): Promise<boolean> {
  const [row] = await tx
    .select({ isOver: sql<boolean>`${orders.payBy} <= now()` })
    .from(orders)
    .where(eq(orders.id, order.id))
  return waitsForPayment(order) && row?.isOver === true
}

async function applyPaymentTo(
  tx: Tx,
  order: LockedOrder,
  attempt: StoredAttempt,
  payment: ProviderPayment,
  by: number | null = null,
) {
  switch (payment.status) {
    case 'incomplete':
      return
    case 'processing':
      if (!isUnfinished(attempt) || attempt.status === 'processing') return
      await changeAttempt(tx, attempt.id, { status: 'processing' })
      // The bank's answer takes days; until then the order does not expire.
      return changeOrder(tx, order.id, { payBy: null })
    case 'failed':
      return isUnfinished(attempt) ? applyFailure(tx, order, attempt, payment) : undefined
    case 'released':
      return applyRelease(tx, order, payment, by)
    default:
      return applyMoney(tx, order, attempt, { ...payment, status: payment.status }, by)
  }
}

/** The bank refused a payment that takes days; the customer gets a day to pay otherwise. */
async function applyFailure(
  tx: Tx,
  order: LockedOrder,
  attempt: StoredAttempt,
  { failure }: ProviderPayment,
) {
  await changeAttempt(tx, attempt.id, { status: 'failed', failure })
  if (!waitsForPayment(order)) return changeOrder(tx, order.id, {})
  await changeOrder(tx, order.id, { payBy: sql`now() + interval '1 day'` })
  await addOrderEvent(tx, { orderId: order.id, kind: 'payment-failed', detail: failure })
  await notifyCustomer(tx, 'payment-failed', { ...order, name: orderName(order) })
}

/** An order that loses its only payment is left to staff: they are notified, unless one of them voided it. */
async function applyRelease(tx: Tx, order: LockedOrder, { id }: ProviderPayment, by: number | null) {
  const released = await tx
    .update(payments)
    .set({ status: 'released', byUserId: by })
    .where(and(isPayment(id), eq(payments.status, 'authorized')))
    .returning({ id: payments.id })
  if (released.length === 0) return
  await addOrderEvent(tx, { orderId: order.id, kind: 'voided', byUserId: by })
  const state = await settleOrder(tx, order.id, by)
  if (state !== 'voided' || order.canceledAt || by !== null) return
  await notifyStaff(tx, 'payment-problem', {
    ...{ key: `payment:${id}:released`, subject: orderName(order), orderId: order.id },
  })
}

type Money = ProviderPayment & { status: 'authorized' | 'received' }

async function applyMoney(
  tx: Tx,
  order: LockedOrder,
  attempt: StoredAttempt,
  payment: Money,
  by: number | null,
) {
  const [existing] = await tx.select().from(payments).where(isPayment(payment.id))
  if (existing) {
    if (existing.status !== 'authorized' || payment.status !== 'received') return
    const { status, amount } = payment
    await tx.update(payments).set({ status, amount, byUserId: by }).where(eq(payments.id, existing.id))
    return reportMoney(tx, order, payment, by)
  }
  const isAsExpected = payment.amount === attempt.amount && payment.currency === attempt.currency
  const [row] = await tx
    .insert(payments)
    .values({
      ...{ orderId: order.id, method: 'stripe', providerId: payment.id },
      ...{ amount: payment.amount, currency: payment.currency },
      status: isAsExpected ? payment.status : 'review',
    })
    .returning({ id: payments.id })
  await changeAttempt(tx, attempt.id, { status: 'paid', failure: '' })
  await changeOrder(tx, order.id, { payBy: null })
  if (!isAsExpected) return reportDifference(tx, order, payment)
  if (order.canceledAt || amountDue(order) === 0)
    return handleLatePayment(tx, order, { ...payment, rowId: row!.id })
  await reportMoney(tx, order, payment)
}

async function reportMoney(tx: Tx, order: LockedOrder, { status }: Money, by: number | null = null) {
  const kind = status === 'received' ? 'paid' : 'authorized'
  await addOrderEvent(tx, { orderId: order.id, kind, byUserId: by })
  await settleOrder(tx, order.id, by)
  if (status === 'received') await notifyCustomer(tx, 'order-paid', { ...order, name: orderName(order) })
}

/** It does not count as paid until staff have accepted it. */
async function reportDifference(tx: Tx, order: LockedOrder, { id }: ProviderPayment) {
  await addOrderEvent(tx, { orderId: order.id, kind: 'payment-review' })
  await notifyStaff(tx, 'payment-problem', {
    ...{ key: `payment:${id}:review`, subject: orderName(order), orderId: order.id },
  })
}

function isPayment(providerId: string) {
  return and(eq(payments.method, 'stripe'), eq(payments.providerId, providerId))
}
