import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { capturePayment, voidPayment } from '#app/domain/billing/capture-payment.server.ts'
import { expireOrders } from '#app/domain/billing/expire-orders.server.ts'
import { fulfillOrder } from '#app/domain/billing/fulfill-order.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import type { PaymentProvider } from '#app/domain/billing/provider.ts'
import { processEvent, receiveEvent } from '#app/domain/billing/provider-events.server.ts'
import { refundOrder } from '#app/domain/billing/refund-order.server.ts'
import { listRefunds } from '#app/domain/billing/refunds.server.ts'
import { sendRefund } from '#app/domain/billing/send-refund.server.ts'
import { issueInvoiceNow } from '#app/domain/invoices/invoices.server.ts'
import { editOrder } from '#app/domain/order-edits/edit-order.server.ts'
import { previewEdit } from '#app/domain/order-edits/quote-edit.server.ts'
import { answerReturn, receiveReturn } from '#app/domain/returns/change-return.server.ts'
import { refundReturn } from '#app/domain/returns/refund-return.server.ts'
import { requestReturn } from '#app/domain/returns/request-return.server.ts'
import { listReturns } from '#app/domain/returns/returns.server.ts'
import { db } from '#db/client.ts'
import { settings } from '#db/schema/index.ts'
import { deliverEvents, letTimePass, openCardOrder } from '#tests/support/card-orders.ts'
import { createOrder, createProduct, createShop } from '#tests/support/cast.ts'
import { type Crash, runWithCrash } from '#tests/support/crash.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { findInvariantViolations } from '#tests/support/invariants.ts'
import { readFingerprint, readOutcome } from '#tests/support/order-outcome.ts'
import { createPaidOrder, readOrder, refund, ship } from '#tests/support/payments.ts'
import { sign, type StripeDouble, startStripeDouble } from '#tests/support/stripe-double.ts'

let double: StripeDouble
let olga: number
const tried = new Map<string, number>()
const started = performance.now()

beforeAll(async () => {
  double = await startStripeDouble()
  olga = (await createShop()).olga
  await db.update(settings).set({ returnDays: 30 })
})
beforeEach(() => void (double.account.events.length = 0))
afterAll(async () => {
  await double.stop()
  const crashes = [...tried.values()].reduce((sum, count) => sum + count, 0)
  const seconds = Math.round((performance.now() - started) / 1000)
  console.info(`${crashes} crashes, between all steps of ${tried.size} commands, in ${seconds} s`)
})

/** An order, and the command that a user or a job runs on it, the same each time. */
type Prepared = { orderId: number; run: (provider: PaymentProvider) => Promise<unknown> }

const tracking = { carrier: 'DHL', trackingNumber: 'T1', trackingUrl: '' }

/** An order that was paid at the double, or for which the amount is held. */
async function createPaidAtDouble({ capturesLater = false } = {}) {
  const order = await openCardOrder(double, { capturesLater })
  const intent = double.pay(order.sessionId)
  await deliverEvents(double)
  double.account.events.length = 0
  const [payment] = (await readOrder(order.orderId)).payments
  return { ...order, intent, paymentId: payment!.id }
}

/** A refund of such an order that the provider has to send. */
async function createTransfer() {
  const order = await createPaidAtDouble()
  await refund({ orderId: order.orderId, by: olga, extra: 300 })
  const [newest] = await listRefunds(order.orderId)
  return { ...order, transferId: newest!.transfers[0]!.id }
}

async function createShippedOrder() {
  const order = await createPaidOrder()
  await ship({ orderId: order.orderId, by: olga, quantity: 2 })
  const { token } = (await readOrder(order.orderId)).order
  const lines = [{ orderLineId: order.lineId, quantity: 2 }]
  return { ...order, ask: () => requestReturn({ token, lines, reason: 'Too small', now: new Date() }) }
}

/** A return of both units of an order, in this state. */
async function createReturn(state: 'requested' | 'approved' | 'received') {
  const { orderId, lineId, ask } = await createShippedOrder()
  await ask()
  const returnId = (await listReturns(orderId))[0]!.id
  const about = { orderId, returnId, by: olga }
  const answer = () => answerReturn({ ...about, version: 1, decision: 'approved', answer: 'To 1 Hill' })
  const receive = () =>
    receiveReturn({ ...about, version: 2, lines: [{ orderLineId: lineId, restock: true }] })
  if (state !== 'requested') await answer()
  if (state === 'received') await receive()
  return { ...about, lineId, answer, receive }
}

/** The job of the newest message of the double. */
async function storeEvent(): Promise<string> {
  const event = double.account.events.at(-1)!
  const body = JSON.stringify(event)
  await receiveEvent(Buffer.from(body), sign(body), double.provider)
  return event.id
}

const commands: Record<string, () => Promise<Prepared>> = {
  'refund by staff': async () => {
    const { orderId, lineId } = await createPaidOrder({ card: 1_000 })
    const { version } = (await readOrder(orderId)).order
    const lines = [{ orderLineId: lineId, quantity: 1, restock: true, isShipped: false }]
    const form = { version, lines, shipping: 300, extra: 0, reason: 'Chipped', shownAmount: 1_299 }
    return { orderId, run: () => refundOrder({ orderId, ...form, by: olga }) }
  },
  'sending a refund': async () => {
    const { orderId, transferId } = await createTransfer()
    return { orderId, run: (provider) => sendRefund(transferId, provider) }
  },
  'cancel with refund': async () => {
    const { orderId } = await createPaidAtDouble()
    const { version } = (await readOrder(orderId)).order
    return { orderId, run: () => cancelOrder({ orderId, version, reason: 'Sold out', by: olga }) }
  },
  'mark as paid': async () => {
    const { orderId } = await createOrder(await createProduct())
    return { orderId, run: () => markPaid({ orderId, version: 1, reference: 'R1', by: olga }) }
  },
  capture: async () => {
    const { orderId, paymentId } = await createPaidAtDouble({ capturesLater: true })
    return { orderId, run: (provider) => capturePayment({ orderId, paymentId, by: olga, provider }) }
  },
  void: async () => {
    const { orderId, paymentId } = await createPaidAtDouble({ capturesLater: true })
    return { orderId, run: (provider) => voidPayment({ orderId, paymentId, by: olga, provider }) }
  },
  'receiving a message': async () => {
    const { orderId, sessionId } = await openCardOrder(double)
    double.pay(sessionId)
    const body = JSON.stringify(double.account.events.at(-1))
    return { orderId, run: (provider) => receiveEvent(Buffer.from(body), sign(body), provider) }
  },
  'message: payment succeeded': async () => {
    const { orderId, sessionId } = await openCardOrder(double)
    double.pay(sessionId)
    const eventId = await storeEvent()
    return { orderId, run: (provider) => processEvent(eventId, provider) }
  },
  'message: refund failed': async () => {
    const { orderId, transferId, intent } = await createTransfer()
    await sendRefund(transferId, double.provider)
    const [made] = await double.provider.listRefunds(intent)
    double.failRefund(made!.id)
    const eventId = await storeEvent()
    return { orderId, run: (provider) => processEvent(eventId, provider) }
  },
  'expiry of unpaid orders': async () => {
    const { orderId } = await openCardOrder(double)
    await letTimePass(orderId)
    return { orderId, run: (provider) => expireOrders(provider) }
  },
  'request a return': async () => {
    const { orderId, ask } = await createShippedOrder()
    return { orderId, run: ask }
  },
  'answer a return': async () => {
    const { orderId, answer } = await createReturn('requested')
    return { orderId, run: answer }
  },
  'receive a return': async () => {
    const { orderId, receive } = await createReturn('approved')
    return { orderId, run: receive }
  },
  'refund a return': async () => {
    const { orderId, returnId, lineId } = await createReturn('received')
    const { version } = (await readOrder(orderId)).order
    const lines = [{ orderLineId: lineId, quantity: 2, restock: false, isShipped: true }]
    const form = { version, lines, shipping: 0, extra: 0, reason: '', shownAmount: 1_998 }
    return { orderId, run: () => refundReturn({ orderId, returnId, ...form, by: olga }) }
  },
  'edit an order': async () => {
    const { orderId, lineId } = await createPaidOrder({ card: 2_488 })
    const { version, shippingTotal: shipping } = (await readOrder(orderId)).order
    const edit = { lines: [{ orderLineId: lineId, quantity: 1 }], added: [], shipping }
    const preview = await previewEdit(orderId, edit)
    const shownTotal = preview?.ok ? preview.totals.total : 0
    return { orderId, run: () => editOrder({ ...edit, orderId, version, reason: '', shownTotal, by: olga }) }
  },
  'create a fulfillment': async () => {
    const { orderId } = await createOrder(await createProduct(), { payment: 'cash-on-delivery' })
    const [line] = (await readOrder(orderId)).lines
    const lines = [{ orderLineId: line!.id, quantity: 1 }]
    return { orderId, run: () => fulfillOrder({ orderId, version: 1, ...tracking, lines, by: olga }) }
  },
  'issue an invoice': async () => {
    const { orderId } = await createOrder(await createProduct())
    return { orderId, run: () => issueInvoiceNow(orderId, olga) }
  },
}

/** What happened at the provider to the order's payments. */
function atProvider(orderToken: string) {
  const own = double.account.sessions().filter((one) => one.success_url.endsWith(orderToken))
  return own.map(({ status, intent }) => ({
    ...{ status, payment: intent.status, received: intent.amount_received, refunded: intent.amount_refunded },
    refunds: double.account.refunds().filter((one) => one.payment_intent === intent.id).length,
  }))
}

async function outcomeOf(orderId: number) {
  const { token } = (await readOrder(orderId)).order
  return { shop: await readOutcome(orderId), provider: atProvider(token) }
}

/** All that a crash could have changed: rows, and calls with an effect at the provider. */
async function mark() {
  const effects = double.calls.filter((call) => call.startsWith('POST')).length
  return `${await readFingerprint()} ${effects}`
}

test.each(Object.keys(commands))(
  'a crash before or after any step of "%s" leaves nothing or a whole, and another run ends the same',
  { timeout: 120_000 },
  async (name) => {
    const prepare = commands[name]!
    const input = { databaseUrl, provider: double.provider }
    const reference = await prepare()
    const { steps } = await runWithCrash(reference.run, { ...input, crash: null })
    const expected = await outcomeOf(reference.orderId)
    let next = await prepare()
    let [count, survived] = [0, 0]
    // Before a step is after the one before it: nothing reaches the database or the provider in between.
    const crashes: Crash[] = [{ step: 1, when: 'before' }]
    for (let step = 1; step <= steps; step += 1) crashes.push({ step, when: 'after' })
    let before = await mark()
    for (const crash of crashes) {
      const about = `crash ${crash.when} step ${crash.step}`
      const { crashed } = await runWithCrash(next.run, { ...input, crash })
      if (crashed) count += 1
      // Nothing was changed, so the same order is as good as a new one.
      if ((await mark()) === before) continue
      survived += 1
      expect(await findInvariantViolations(), about).toEqual([])
      await next.run(double.provider)
      expect(await outcomeOf(next.orderId), about).toEqual(expected)
      next = await prepare()
      before = await mark()
    }
    tried.set(name, count)
    expect(survived).toBeGreaterThan(0)
    // What a cache has, the command does not read again.
    expect(count).toBeGreaterThanOrEqual(steps - 2)
    await next.run(double.provider)
    expect(await outcomeOf(next.orderId)).toEqual(expected)
  },
)
