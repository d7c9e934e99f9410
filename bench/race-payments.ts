import { expireOrders } from '#app/domain/billing/expire-orders.server.ts'
import { processEvent, receiveEvent } from '#app/domain/billing/provider-events.server.ts'
import { deliverEvents, letTimePass, openCardOrder, readOrder } from '#tests/support/card-orders.ts'
import { sign, startStripeDouble, type StripeDouble } from '#tests/support/stripe-double.ts'

/** Twenty copies of one message at once. Prints what they did; returns whether there is one payment and one email. */
export async function raceWebhooks(): Promise<boolean> {
  return withDouble(async (double) => {
    const copies = 20
    const { orderId, sessionId } = await openCardOrder(double)
    double.pay(sessionId)
    const [event] = double.account.events
    const body = JSON.stringify(event)
    const started = performance.now()
    const accepted = await Promise.all(
      Array.from({ length: copies }, () => receiveEvent(Buffer.from(body), sign(body), double.provider)),
    )
    await Promise.all(Array.from({ length: copies }, () => processEvent(event!.id, double.provider)))
    const ms = Math.round(performance.now() - started)
    const { payments, mails } = await readOrder(orderId)
    const receipts = mails.filter((kind) => kind === 'order-paid').length
    console.table([
      { copies, accepted: accepted.filter(Boolean).length, payments: payments.length, receipts, ms },
    ])
    return accepted.every(Boolean) && payments.length === 1 && receipts === 1
  })
}

/** Orders that expire while their customers pay. Returns whether every paid one is paid, and no other. */
export async function raceExpiry(buyers: number): Promise<boolean> {
  return withDouble(async (double) => {
    const orders = []
    for (let index = 0; index < buyers; index += 1) orders.push(await openCardOrder(double))
    for (const { orderId } of orders) await letTimePass(orderId)
    const started = performance.now()
    const job = expireOrders(double.provider)
    for (const { sessionId } of orders.toReversed()) {
      if (double.account.session(sessionId).status === 'open') double.pay(sessionId)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const failures = await job
    await deliverEvents(double)
    const ms = Math.round(performance.now() - started)
    const rows = await Promise.all(
      orders.map(async ({ orderId, sessionId }) => ({
        isPaid: double.account.session(sessionId).status === 'complete',
        ...(await readOrder(orderId)),
      })),
    )
    const wrong = rows.filter(
      ({ isPaid, order, payments }) =>
        order.paymentState !== (isPaid ? 'paid' : 'voided') || payments.length !== Number(isPaid),
    )
    const paid = rows.filter(({ isPaid }) => isPaid).length
    console.table([
      { orders: buyers, paid, expired: buyers - paid, wrong: wrong.length, failures: failures.length, ms },
    ])
    return wrong.length === 0
  })
}

async function withDouble(work: (double: StripeDouble) => Promise<boolean>): Promise<boolean> {
  const double = await startStripeDouble()
  return work(double).finally(() => double.stop())
}
