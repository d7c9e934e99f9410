import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { applySession } from '#app/domain/billing/apply-payment.server.ts'
import { expireOrders } from '#app/domain/billing/expire-orders.server.ts'
import { processEvent, receiveEvent } from '#app/domain/billing/provider-events.server.ts'
import { reconcilePayments } from '#app/domain/billing/reconcile.server.ts'
import { openPaymentPage, startPayment } from '#app/domain/billing/start-payment.server.ts'
import { db } from '#db/client.ts'
import { providerEvents } from '#db/schema/index.ts'
import {
  deliverEvents,
  letTimePass,
  openCardOrder,
  placeCardOrder,
  readOrder,
  stockOf,
} from '#tests/support/card-orders.ts'
import { type Fault, sign, type StripeDouble, startStripeDouble } from '#tests/support/stripe-double.ts'

let double: StripeDouble
beforeAll(async () => (double = await startStripeDouble()))
afterAll(() => double.stop())
beforeEach(() => {
  double.repair()
  double.account.events.length = 0
})

const payNow = (token: string) => startPayment(token, { provider: double.provider, isAuthorization: false })

test('twenty copies of one message at once make one payment, one email, one row', async () => {
  const { orderId, sessionId } = await openCardOrder(double)
  double.pay(sessionId)
  const [event] = double.account.events
  const body = JSON.stringify(event)
  const copies = Array.from({ length: 20 })
  const answers = await Promise.all(
    copies.map(() => receiveEvent(Buffer.from(body), sign(body), double.provider)),
  )
  expect(answers.every(Boolean)).toBe(true)
  expect(await db.select().from(providerEvents).where(eq(providerEvents.id, event!.id))).toHaveLength(1)
  await Promise.all(copies.map(() => processEvent(event!.id, double.provider)))
  expect(await readOrder(orderId)).toMatchObject({
    payments: [{ status: 'received' }],
    kinds: ['placed', 'paid', 'invoice-issued'],
    mails: ['order-confirmed', 'order-paid'],
  })
})

test('an order that expires while its customer pays is either paid or canceled, and no money is lost', async () => {
  const outcomes = new Set<string>()
  for (let round = 0; round < 12; round += 1) {
    const { orderId, sessionId, variantId } = await openCardOrder(double)
    await letTimePass(orderId)
    // The customer pays just before, during or just after the calls of the job.
    const pay = () => double.account.session(sessionId).status === 'open' && double.pay(sessionId)
    if (round % 3 === 0) pay()
    const job = expireOrders(double.provider)
    if (round % 3 === 1) pay()
    if (round % 3 === 2) setImmediate(pay)
    await Promise.all([job, double.provider.retrieveSession(sessionId).then(applySession)])
    await deliverEvents(double)
    const { order, payments } = await readOrder(orderId)
    outcomes.add(order.paymentState)
    const isPaid = double.account.session(sessionId).status === 'complete'
    expect(payments).toHaveLength(isPaid ? 1 : 0)
    expect(order.paymentState).toBe(isPaid ? 'paid' : 'voided')
    expect(await stockOf(variantId)).toBe(isPaid ? 4 : 5)
  }
  expect(outcomes).toContain('paid')
})

test('“Pay now” pressed ten times at once leaves one page on which the order can be paid', async () => {
  const { orderId, token } = await openCardOrder(double)
  await Promise.all(Array.from({ length: 10 }, () => payNow(token)))
  const { states } = await readOrder(orderId)
  expect(states.filter((state) => state === 'open' || state === 'creating').length).toBeLessThanOrEqual(1)
  const open = double.account
    .sessions()
    .filter((one) => one.status === 'open' && one.success_url.endsWith(token))
  expect(open.length).toBeLessThanOrEqual(1)
})

/** A call that fails before or after its effect at the provider, at each step of a payment. */
const steps = [
  ['creating the page', /POST \/v1\/checkout\/sessions$/],
  ['retrieving the session', /GET \/v1\/checkout\/sessions\/cs/],
  ['ending the page', /expire$/],
] as const
const faults: Fault[] = ['close-before', 'close-after', 500, 429]

test.each(steps.flatMap(([name, path]) => faults.map((fault) => [name, fault, path] as const)))(
  '%s fails (%s): once it works again, the order is paid once',
  async (_, fault, path) => {
    const { orderId, token, variantId } = await placeCardOrder()
    double.fail(path, fault, 4)
    let url = await openPaymentPage(orderId, double.provider).catch(() => null)
    const again = await payNow(token).catch(() => null)
    if (again?.ok) url = again.url
    double.repair()
    await reconcilePayments(double.provider, { answersWithinSeconds: 0 })
    const { attempts } = await readOrder(orderId)
    const open = attempts.find(({ status }) => status === 'open')
    const page = open?.url ?? url
    const session = page?.split('/').at(-1)
    const isOpen = session !== undefined && double.account.session(session).status === 'open'
    const last = isOpen ? session : await reopen(token)
    double.pay(last)
    await deliverEvents(double)
    await reconcilePayments(double.provider, { answersWithinSeconds: 0 })
    expect(await readOrder(orderId)).toMatchObject({
      order: { paymentState: 'paid' },
      payments: [{ status: 'received' }],
    })
    expect(await stockOf(variantId)).toBe(4)
  },
)

async function reopen(token: string): Promise<string> {
  const opened = await payNow(token)
  if (!opened.ok) throw new Error(opened.reason)
  return opened.url.split('/').at(-1)!
}
