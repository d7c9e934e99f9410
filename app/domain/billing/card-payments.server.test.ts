import { eq, isNull, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import {
  notifications,
  orders,
  paymentAttempts,
  promotionRedemptions,
  refunds,
  refundTransfers,
} from '#db/schema/index.ts'
import {
  deliverEvents,
  letTimePass,
  openCardOrder,
  placeCardOrder,
  readOrder,
  stockOf,
} from '#tests/support/card-orders.ts'
import { canBeFulfilled } from '#app/domain/orders/order-states.ts'
import { createShop, setStock } from '#tests/support/cast.ts'
import { refund } from '#tests/support/payments.ts'
import { createPromotion } from '#tests/support/pricing.ts'
import { type StripeDouble, startStripeDouble } from '#tests/support/stripe-double.ts'
import { applySession } from './apply-payment.server.ts'
import { cancelByCustomer } from './cancel-by-customer.server.ts'
import { cancelOrder } from './cancel-order.server.ts'
import { capturePayment, voidPayment } from './capture-payment.server.ts'
import { acceptPayment, returnPayment } from './review-payment.server.ts'
import { endPaymentPage } from './end-payment-page.server.ts'
import { expireOrders } from './expire-orders.server.ts'
import { findMissedEvents, reconcilePayments } from './reconcile.server.ts'
import { listRefunds, type Refund } from './refunds.server.ts'
import { sendRefund } from './send-refund.server.ts'
import { openPaymentPage, startPayment } from './start-payment.server.ts'

let double: StripeDouble
beforeAll(async () => (double = await startStripeDouble()))
afterAll(() => double.stop())
beforeEach(() => {
  double.repair()
  double.account.events.length = 0
})

const olga = async () => (await createShop()).olga
const payNow = (token: string) => startPayment(token, { provider: double.provider, isAuthorization: false })
const settle = (sessionId: string) => double.provider.retrieveSession(sessionId).then(applySession)
const refundsOf = (orderId: number) =>
  db
    .select({
      amount: refundTransfers.amount,
      status: refundTransfers.status,
      isExternal: refunds.isExternal,
    })
    .from(refundTransfers)
    .innerJoin(refunds, eq(refunds.id, refundTransfers.refundId))
    .where(eq(refunds.orderId, orderId))
const staffNews = (orderId: number) =>
  db.$count(notifications, sql`order_id = ${orderId} and kind = 'payment-problem'`)
const sendRefundJobs = async (orderId: number) =>
  (
    await db.execute(sql`select from pgboss.job where name = 'send-refund' and (data ->> 'transferId')::bigint in
    (select t.id from refund_transfers t join refunds r on r.id = t.refund_id where r.order_id = ${orderId})`)
  ).length

test('an order for card payment waits with its stock, and the message of the payment pays it', async () => {
  const { orderId, sessionId, variantId } = await openCardOrder(double)
  expect(await readOrder(orderId)).toMatchObject({ order: { paymentState: 'pending' }, states: ['open'] })
  expect((await readOrder(orderId)).order.payBy!.getTime()).toBeGreaterThan(Date.now() + 59 * 60_000)
  double.pay(sessionId)
  await deliverEvents(double)
  expect(await readOrder(orderId)).toMatchObject({
    order: { paymentState: 'paid', payBy: null },
    states: ['paid'],
    kinds: ['placed', 'paid', 'invoice-issued'],
    mails: ['order-confirmed', 'order-paid'],
  })
  expect(await stockOf(variantId)).toBe(4)
})

test('the page of the order, every message twice and the reconciler make one payment', async () => {
  const { orderId, sessionId } = await openCardOrder(double)
  double.pay(sessionId)
  await settle(sessionId)
  await deliverEvents(double)
  await deliverEvents(double)
  await reconcilePayments(double.provider)
  expect(await readOrder(orderId)).toMatchObject({
    payments: [{ status: 'received' }],
    kinds: ['placed', 'paid', 'invoice-issued'],
  })
})

test('a message before the session is stored finds the attempt; the page is not created again', async () => {
  const { orderId } = await placeCardOrder()
  double.fail(/POST .*sessions$/, 'close-after')
  expect(await openPaymentPage(orderId, double.provider)).toBeNull()
  const [session] = double.account.sessions()
  double.pay(session!.id)
  await deliverEvents(double)
  expect(await readOrder(orderId)).toMatchObject({ order: { paymentState: 'paid' }, states: ['paid'] })
})

test('the reconciler finds a page whose answer was lost, and gives up one that was never created', async () => {
  const [lost, never] = [await placeCardOrder(), await placeCardOrder()]
  double.fail(/POST .*sessions$/, 'close-after')
  await openPaymentPage(lost.orderId, double.provider)
  double.fail(/POST .*sessions$/, 'close-before')
  await openPaymentPage(never.orderId, double.provider)
  await reconcilePayments(double.provider)
  expect((await readOrder(lost.orderId)).states).toEqual(['creating'])
  expect(await reconcilePayments(double.provider, { answersWithinSeconds: 0 })).toEqual([])
  expect(await readOrder(lost.orderId)).toMatchObject({
    states: ['open'],
    attempts: [{ sessionId: expect.any(String) }],
  })
  expect((await readOrder(never.orderId)).states).toEqual(['expired'])
})

test('paying anew ends the old page first, and its end cancels nothing', async () => {
  const { orderId, token, sessionId } = await openCardOrder(double)
  expect(await payNow(token)).toMatchObject({ ok: true })
  expect(double.account.session(sessionId).status).toBe('expired')
  await deliverEvents(double)
  expect(await readOrder(orderId)).toMatchObject({ order: { canceledAt: null }, states: ['expired', 'open'] })
})

test('the page of an order is ended before its customer cancels; a payment on it comes first', async () => {
  const { orderId, token, sessionId } = await openCardOrder(double)
  const { version } = (await readOrder(orderId)).order
  await endPaymentPage(orderId, double.provider)
  expect(double.account.session(sessionId).status).toBe('expired')
  expect(await cancelByCustomer({ token, version })).toMatchObject({ ok: true })

  const paid = await openCardOrder(double)
  double.pay(paid.sessionId)
  await endPaymentPage(paid.orderId, double.provider)
  const { order } = await readOrder(paid.orderId)
  expect(order.paymentState).toBe('paid')
  expect(await cancelByCustomer({ token: paid.token, version: order.version })).toEqual({
    ok: false,
    reason: 'not-cancelable',
  })
})

test('a page that was ended before its time cancels nothing', async () => {
  const { orderId, token, sessionId } = await openCardOrder(double)
  await double.provider.expireSession(sessionId)
  await deliverEvents(double)
  expect(await readOrder(orderId)).toMatchObject({ order: { canceledAt: null }, states: ['expired'] })
  expect(await payNow(token)).toMatchObject({ ok: true })
})

test('paying anew after the old page was paid applies that payment', async () => {
  const { orderId, token, sessionId } = await openCardOrder(double)
  double.pay(sessionId)
  expect(await payNow(token)).toEqual({ ok: false, reason: 'not-payable' })
  expect(await readOrder(orderId)).toMatchObject({ order: { paymentState: 'paid' }, states: ['paid'] })
})

test('a page that the provider refuses leaves the order payable', async () => {
  const { orderId, token } = await placeCardOrder()
  await db.update(paymentAttempts).set({ amount: 1 }).where(eq(paymentAttempts.orderId, orderId))
  expect(await openPaymentPage(orderId, double.provider)).toBeNull()
  expect((await readOrder(orderId)).attempts[0]).toMatchObject({
    status: 'failed',
    failure: 'The amount is too small.',
  })
  expect(await payNow(token)).toMatchObject({ ok: true })
})

test('an order that was not paid in time is canceled, and its page is closed', async () => {
  const { orderId, sessionId, variantId } = await openCardOrder(double)
  await letTimePass(orderId)
  expect(await expireOrders(double.provider)).toEqual([])
  expect(double.account.session(sessionId).status).toBe('expired')
  expect(await readOrder(orderId)).toMatchObject({
    order: { paymentState: 'voided', canceledAt: expect.any(Date) },
    kinds: ['placed', 'expired'],
    mails: ['order-confirmed', 'order-canceled'],
  })
  expect(await stockOf(variantId)).toBe(5)
})

test('an order whose payment arrives as it expires is paid', async () => {
  const { orderId, sessionId } = await openCardOrder(double)
  await letTimePass(orderId)
  double.pay(sessionId)
  expect(await expireOrders(double.provider)).toEqual([])
  expect(await readOrder(orderId)).toMatchObject({ order: { paymentState: 'paid', canceledAt: null } })
})

test('an order does not expire while the provider does not answer', async () => {
  const { orderId } = await openCardOrder(double)
  await letTimePass(orderId)
  double.fail(/expire$/, 500, 4)
  expect(await expireOrders(double.provider)).toHaveLength(1)
  expect(await readOrder(orderId)).toMatchObject({ order: { paymentState: 'pending', canceledAt: null } })
  double.repair()
  await db.update(orders).set({ payBy: null }).where(eq(orders.id, orderId))
})

/** Expired here, while at the provider the customer pays on a page that could not be closed. */
async function expireAndPay(options: { stock?: number } = {}) {
  const order = await openCardOrder(double, options)
  await letTimePass(order.orderId)
  await db
    .update(paymentAttempts)
    .set({ status: 'expired' })
    .where(eq(paymentAttempts.orderId, order.orderId))
  expect(await expireOrders(double.provider)).toEqual([])
  double.pay(order.sessionId)
  return order
}

test('a payment after the order expired revives it, if everything is in stock', async () => {
  const { orderId, variantId } = await expireAndPay()
  await deliverEvents(double)
  expect(await readOrder(orderId)).toMatchObject({
    order: { paymentState: 'paid', canceledAt: null },
    kinds: ['placed', 'expired', 'revived', 'invoice-issued'],
  })
  expect(await stockOf(variantId)).toBe(4)
  expect(await staffNews(orderId)).toBe(1)
})

test('a payment after the order expired goes back, if something is sold out', async () => {
  const { orderId, variantId } = await expireAndPay({ stock: 1 })
  await setStock(
    variantId,
    0,
    (await db.execute<{ id: number }>(sql`select id::int from users where role = 'owner'`))[0]!.id,
  )
  await deliverEvents(double)
  await deliverEvents(double)
  const { order } = await readOrder(orderId)
  expect(order).toMatchObject({ paymentState: 'refunded', canceledAt: expect.any(Date) })
  expect(await refundsOf(orderId)).toEqual([{ amount: order.total, status: 'pending', isExternal: false }])
  expect(await sendRefundJobs(orderId)).toBe(1)
  expect(await staffNews(orderId)).toBe(1)
})

test('a payment after the order expired goes back, if its promotion was used up since', async () => {
  await createPromotion({ isAutomatic: true, usageLimit: 1 })
  const { orderId, variantId } = await expireAndPay()
  const other = await placeCardOrder()
  const used = await db.select().from(promotionRedemptions).where(isNull(promotionRedemptions.releasedAt))
  expect(used.map((one) => one.orderId)).toEqual([other.orderId])
  await deliverEvents(double)
  const { order } = await readOrder(orderId)
  expect(order).toMatchObject({ paymentState: 'refunded', canceledAt: expect.any(Date) })
  expect(await refundsOf(orderId)).toEqual([{ amount: order.total, status: 'pending', isExternal: false }])
  expect(await stockOf(variantId)).toBe(5)
  expect(await staffNews(orderId)).toBe(1)
})

test('a payment of an order that staff canceled goes back', async () => {
  const { orderId, sessionId } = await openCardOrder(double)
  const { order } = await readOrder(orderId)
  const [olga] = await db.execute<{ id: number }>(sql`select id::int from users where role = 'owner'`)
  await cancelOrder({ orderId, version: order.version, reason: '', by: olga!.id })
  double.pay(sessionId)
  await deliverEvents(double)
  expect((await readOrder(orderId)).order).toMatchObject({ paymentState: 'refunded' })
  expect(await refundsOf(orderId)).toHaveLength(1)
})

test('the page of a canceled order is closed by the reconciler', async () => {
  const { orderId, sessionId } = await openCardOrder(double)
  const { order } = await readOrder(orderId)
  const [olga] = await db.execute<{ id: number }>(sql`select id::int from users where role = 'owner'`)
  await cancelOrder({ orderId, version: order.version, reason: '', by: olga!.id })
  expect(await reconcilePayments(double.provider)).toEqual([])
  expect(double.account.session(sessionId).status).toBe('expired')
})

test('a second payment of a paid order goes back', async () => {
  const { orderId, token, sessionId } = await openCardOrder(double)
  await db.update(paymentAttempts).set({ status: 'expired' }).where(eq(paymentAttempts.orderId, orderId))
  const second = await payNow(token)
  double.pay(sessionId)
  double.pay(second.ok ? second.url.split('/').at(-1)! : '')
  await deliverEvents(double)
  const { order, payments: both } = await readOrder(orderId)
  expect(both).toHaveLength(2)
  expect(await refundsOf(orderId)).toEqual([{ amount: order.total, status: 'pending', isExternal: false }])
  expect(order.canceledAt).toBeNull()
})

test('a payment of another amount does not count until staff decide', async () => {
  const { orderId, sessionId } = await openCardOrder(double)
  double.pay(sessionId, { amount: 100 })
  await deliverEvents(double)
  expect(await readOrder(orderId)).toMatchObject({
    order: { paymentState: 'pending', receivedTotal: 0, payBy: null },
    payments: [{ status: 'review', amount: 100 }],
    kinds: ['placed', 'payment-review'],
  })
  expect(await staffNews(orderId)).toBe(1)
})

test('a payment that takes days keeps the order; when it fails the customer can pay for a day', async () => {
  const { orderId, token, sessionId } = await openCardOrder(double)
  double.payLater(sessionId)
  await deliverEvents(double)
  expect(await readOrder(orderId)).toMatchObject({ order: { payBy: null }, states: ['processing'] })
  expect(await payNow(token)).toEqual({ ok: false, reason: 'processing' })
  double.answerLater(sessionId, false)
  await deliverEvents(double)
  const failed = await readOrder(orderId)
  expect(failed).toMatchObject({ states: ['failed'], mails: ['order-confirmed', 'payment-failed'] })
  expect(failed.attempts[0]!.failure).toBe('The bank account has no money.')
  expect(failed.order.payBy!.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000)
  expect(await payNow(token)).toMatchObject({ ok: true })
})

test('a payment that takes days is paid when the bank says so, whatever arrives first', async () => {
  const { orderId, sessionId } = await openCardOrder(double)
  double.payLater(sessionId)
  double.answerLater(sessionId, true)
  await deliverEvents(double, double.account.events.toReversed())
  expect(await readOrder(orderId)).toMatchObject({ order: { paymentState: 'paid' }, states: ['paid'] })
})

test('a hold is authorized, and released when the order is canceled', async () => {
  const { orderId, sessionId } = await openCardOrder(double, { capturesLater: true })
  double.pay(sessionId)
  await deliverEvents(double)
  const { order } = await readOrder(orderId)
  expect(order).toMatchObject({ paymentState: 'authorized', receivedTotal: 0, payBy: null })
  const [olga] = await db.execute<{ id: number }>(sql`select id::int from users where role = 'owner'`)
  await cancelOrder({ orderId, version: order.version, reason: '', by: olga!.id })
  expect(await reconcilePayments(double.provider)).toEqual([])
  expect(await readOrder(orderId)).toMatchObject({
    order: { paymentState: 'voided' },
    payments: [{ status: 'released' }],
  })
})

async function paidOrder() {
  const order = await openCardOrder(double)
  const paymentId = double.pay(order.sessionId)
  return { ...order, paymentId }
}

test('a refund made at the provider is recorded without lines, also when its message comes before that of the payment', async () => {
  const { orderId, paymentId } = await paidOrder()
  double.account.refund({ payment_intent: paymentId, amount: '300' })
  await deliverEvents(double, double.account.events.toReversed())
  expect(await readOrder(orderId)).toMatchObject({
    order: { paymentState: 'partially-refunded', refundedTotal: 300 },
  })
  expect(await refundsOf(orderId)).toEqual([{ amount: 300, status: 'done', isExternal: true }])
})

test('a refund that fails can be refunded again, and an older message does not undo that', async () => {
  const { orderId, paymentId } = await paidOrder()
  const refund = double.account.refund({ payment_intent: paymentId, amount: '300' })
  await deliverEvents(double)
  double.failRefund(refund.id)
  await deliverEvents(double)
  await deliverEvents(double)
  expect(await readOrder(orderId)).toMatchObject({ order: { paymentState: 'paid', refundedTotal: 0 } })
  expect(await refundsOf(orderId)).toMatchObject([{ status: 'failed' }])
})

test('a refund of the shop that fails days later is reported by its message like by the job', async () => {
  const { orderId, paymentId } = await paidOrder()
  await deliverEvents(double)
  double.refundsTake('pending')
  expect(await refund({ orderId, by: await olga(), extra: 300 })).toMatchObject({ ok: true })
  const [{ transfers }] = (await listRefunds(orderId)) as [Refund]
  await sendRefund(transfers[0]!.id, double.provider)
  double.refundsTake('succeeded')
  const [made] = await double.provider.listRefunds(paymentId)
  double.failRefund(made!.id)
  await deliverEvents(double)
  await deliverEvents(double)
  const { order, kinds } = await readOrder(orderId)
  expect(order).toMatchObject({ paymentState: 'paid', refundedTotal: 0 })
  expect(kinds.filter((kind) => kind === 'refund-failed')).toHaveLength(1)
  const told = await db.select().from(notifications).where(eq(notifications.orderId, orderId))
  expect(told.map(({ kind }) => kind).sort()).toEqual(['new-order', 'refund-failed'])
  expect(await refund({ orderId, by: await olga(), extra: 300 })).toMatchObject({ ok: true })
})

test('a dispute holds the order, and a lost one is money that went out', async () => {
  const { orderId, paymentId } = await paidOrder()
  const won = double.dispute(paymentId)
  await deliverEvents(double)
  expect((await readOrder(orderId)).order.isDisputed).toBe(true)
  double.closeDispute(won, 'won')
  await deliverEvents(double)
  expect((await readOrder(orderId)).order.isDisputed).toBe(false)
  const lost = double.dispute(paymentId)
  double.closeDispute(lost, 'lost')
  await deliverEvents(double)
  await deliverEvents(double)
  expect((await readOrder(orderId)).order).toMatchObject({ isDisputed: true, paymentState: 'refunded' })
  expect(await refundsOf(orderId)).toHaveLength(1)
})

test('messages that did not arrive are found by their list', async () => {
  const { orderId, sessionId } = await openCardOrder(double)
  double.pay(sessionId)
  expect(await findMissedEvents(double.provider)).toBe(1)
  expect(await findMissedEvents(double.provider)).toBe(0)
  await deliverEvents(double)
  expect((await readOrder(orderId)).order.paymentState).toBe('paid')
})

test('staff capture a hold, once, or void it', async () => {
  const held = await openCardOrder(double, { capturesLater: true })
  double.pay(held.sessionId)
  await deliverEvents(double)
  const [payment] = (await readOrder(held.orderId)).payments
  const input = { orderId: held.orderId, paymentId: payment!.id, by: await olga(), provider: double.provider }
  expect(await capturePayment(input)).toEqual({ ok: true })
  expect(await capturePayment(input)).toEqual({ ok: false, reason: 'not-held' })
  expect(await readOrder(held.orderId)).toMatchObject({
    order: { paymentState: 'paid' },
    kinds: ['placed', 'authorized', 'paid', 'invoice-issued'],
  })

  const other = await openCardOrder(double, { capturesLater: true })
  double.pay(other.sessionId)
  await deliverEvents(double)
  const [hold] = (await readOrder(other.orderId)).payments
  const voided = { ...input, orderId: other.orderId, paymentId: hold!.id }
  expect(await voidPayment({ ...voided, orderId: held.orderId })).toEqual({ ok: false, reason: 'not-found' })
  expect(await voidPayment(voided)).toEqual({ ok: true })
  expect(await capturePayment(voided)).toEqual({ ok: false, reason: 'not-held' })
  expect(await readOrder(other.orderId)).toMatchObject({
    order: { paymentState: 'voided' },
    payments: [{ status: 'released' }],
    events: [{ kind: 'voided', by: 'Olga Hill' }, {}, {}],
  })
  expect(await staffNews(other.orderId)).toBe(0)
})

async function endHoldAtProvider() {
  const order = await openCardOrder(double, { capturesLater: true })
  const paymentId = double.pay(order.sessionId)
  await deliverEvents(double)
  double.account.cancel(paymentId)
  await deliverEvents(double)
  return order
}

test('an order whose hold ended at the provider is voided until another payment, and staff are notified', async () => {
  const { orderId, token } = await endHoldAtProvider()
  const voided = await readOrder(orderId)
  expect(voided).toMatchObject({ order: { paymentState: 'voided', canceledAt: null, payBy: null } })
  expect(canBeFulfilled(voided.order)).toBe(false)
  expect(await staffNews(orderId)).toBe(1)
  const again = await payNow(token)
  const page = again.ok ? again.url.split('/').at(-1)! : ''
  expect(await reconcilePayments(double.provider)).toEqual([])
  expect(double.account.session(page).status).toBe('open')
  double.pay(page)
  await deliverEvents(double)
  expect((await readOrder(orderId)).order.paymentState).toBe('paid')
})

test('staff cancel an order whose payment was voided', async () => {
  const { orderId, variantId } = await endHoldAtProvider()
  const { version } = (await readOrder(orderId)).order
  expect(await cancelOrder({ orderId, version, reason: '', by: await olga() })).toMatchObject({ ok: true })
  expect((await readOrder(orderId)).order).toMatchObject({ paymentState: 'voided' })
  expect(await stockOf(variantId)).toBe(5)
})

test('staff accept a payment of another amount, or send it back', async () => {
  const accepted = await openCardOrder(double)
  double.pay(accepted.sessionId, { amount: 5000 })
  const returned = await openCardOrder(double)
  double.pay(returned.sessionId, { amount: 100 })
  await deliverEvents(double)
  const decide = async (orderId: number, command: typeof acceptPayment) =>
    command({ orderId, paymentId: (await readOrder(orderId)).payments[0]!.id, by: await olga() })
  expect(await decide(accepted.orderId, acceptPayment)).toEqual({ ok: true })
  expect(await decide(accepted.orderId, returnPayment)).toEqual({ ok: false, reason: 'not-in-review' })
  expect((await readOrder(accepted.orderId)).order.paymentState).toBe('paid')
  expect(await decide(returned.orderId, returnPayment)).toEqual({ ok: true })
  expect((await readOrder(returned.orderId)).order.paymentState).toBe('refunded')
  expect(await refundsOf(returned.orderId)).toMatchObject([{ amount: 100, status: 'pending' }])
})
