import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { cancelByCustomer } from '#app/domain/billing/cancel-by-customer.server.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { refundOrder } from '#app/domain/billing/refund-order.server.ts'
import { createFulfillment } from '#app/domain/orders/create-fulfillment.server.ts'
import { db } from '#db/client.ts'
import { emails, stockLedger } from '#db/schema/index.ts'
import { createOrder, createProduct } from '#tests/support/cast.ts'
import { createPaidOrder, readOrder, refund } from '#tests/support/payments.ts'

test('two staff who refund from the same page at once refund once', async () => {
  const { orderId, olga: by, lineId } = await createPaidOrder()
  const { version } = (await readOrder(orderId)).order
  const form = { version, shipping: 0, extra: 0, reason: '', shownAmount: 999 }
  const lines = [{ orderLineId: lineId, quantity: 1, restock: true, isShipped: false }]
  const results = await Promise.all(
    Array.from({ length: 5 }, () => refundOrder({ orderId, ...form, lines, by })),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(results.filter((result) => !result.ok && result.reason === 'stale')).toHaveLength(4)
})

test('concurrent refunds that all see the newest order never exceed what was received', async () => {
  const { orderId, olga: by } = await createPaidOrder({ card: 1_500 })
  const worker = async () => {
    for (;;) {
      const result = await refund({ orderId, by, extra: 311 })
      if (!result.ok && result.reason === 'more-than-received') return
    }
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  expect((await readOrder(orderId)).order.refundedTotal).toBe(311 * 8)
})

test('two staff and the customer cancel at once: one does, and stock and email are single', async () => {
  const pot = await createProduct()
  const { orderId, olga: by } = await createOrder(pot)
  const { token } = (await readOrder(orderId)).order
  const results = await Promise.all([
    cancelOrder({ orderId, version: 1, reason: '', by }),
    cancelByCustomer({ token, version: 1 }),
    cancelOrder({ orderId, version: 1, reason: '', by }),
  ])
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  const isReturn = and(eq(stockLedger.orderId, orderId), eq(stockLedger.reason, 'cancellation'))
  expect(await db.$count(stockLedger, isReturn)).toBe(1)
  const isEmail = and(eq(emails.orderId, orderId), eq(emails.kind, 'order-canceled'))
  expect(await db.$count(emails, isEmail)).toBe(1)
})

test('an order is either canceled or shipped, and either canceled by its customer or paid', async () => {
  for (let round = 0; round < 6; round += 1) {
    const { orderId, olga: by } = await createOrder(await createProduct())
    const { lines, order } = await readOrder(orderId)
    const shipment = { carrier: '', trackingNumber: '', trackingUrl: '' }
    const sent = [{ orderLineId: lines[0]!.id, quantity: 1 }]
    const against = [
      () => createFulfillment({ orderId, version: 1, ...shipment, lines: sent, by }),
      () => markPaid({ orderId, version: 1, reference: '', by }),
    ][round % 2]!
    const cancel = () => cancelByCustomer({ token: order.token, version: 1 })
    const results = await Promise.all(round < 3 ? [cancel(), against()] : [against(), cancel()])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  }
})
