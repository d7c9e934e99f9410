import { cancelByCustomer } from '#app/domain/billing/cancel-by-customer.server.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { createFulfillment } from '#app/domain/orders/create-fulfillment.server.ts'
import { createOrder, createProduct } from '#tests/support/cast.ts'
import { createPaidOrder, readOrder, refund } from '#tests/support/payments.ts'

/**
 * Concurrent staff who each refund one order again and again, until nothing is left. Prints the outcomes; returns whether
 * exactly what was received was refunded.
 */
export async function raceRefunds(staff: number): Promise<boolean> {
  const { orderId, olga: by } = await createPaidOrder({ card: 1_500 })
  const outcomes: string[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: staff }, async () => {
      for (;;) {
        const result = await refund({ orderId, by, extra: 8 })
        outcomes.push(result.ok ? 'refunded' : result.reason)
        if (!result.ok && result.reason === 'more-than-received') return
      }
    }),
  )
  const { order } = await readOrder(orderId)
  console.log(`${staff} staff refund one order: ${Math.round(performance.now() - started)} ms`)
  print(outcomes)
  console.log(`${order.refundedTotal} of ${order.receivedTotal} refunded, ${order.paymentState}`)
  return order.refundedTotal === order.receivedTotal && order.paymentState === 'refunded'
}

/** Concurrent cancellations by staff and customer and shipments of one order each; returns whether one of them won. */
export async function raceCancellations(count: number): Promise<boolean> {
  const outcomes: string[] = []
  let isRight = true
  for (let round = 0; round < count; round += 1) {
    const { orderId, olga: by } = await createOrder(await createProduct())
    const { order, lines } = await readOrder(orderId)
    const tracking = { carrier: '', trackingNumber: '', trackingUrl: '' }
    const sent = [{ orderLineId: lines[0]!.id, quantity: 1 }]
    const attempts = {
      'canceled by staff': () => cancelOrder({ orderId, version: 1, reason: '', by }),
      'canceled by other staff': () => cancelOrder({ orderId, version: 1, reason: '', by }),
      'canceled by the customer': () => cancelByCustomer({ token: order.token, version: 1 }),
      shipped: () => createFulfillment({ orderId, version: 1, ...tracking, lines: sent, by }),
    }
    const names = Object.keys(attempts) as (keyof typeof attempts)[]
    // Another one is sent first in each round.
    const turned = names.map((_, index) => names[(index + round) % names.length]!)
    const results = await Promise.all(turned.map((name) => attempts[name]()))
    const winners = turned.filter((_, index) => results[index]!.ok)
    outcomes.push(winners.join(' and ') || 'nobody')
    isRight &&= winners.length === 1
  }
  print(outcomes)
  return isRight
}

function print(outcomes: string[]): void {
  const grouped = Object.groupBy(outcomes, (outcome) => outcome)
  console.table(Object.entries(grouped).map(([outcome, all]) => ({ outcome, count: all?.length })))
}
