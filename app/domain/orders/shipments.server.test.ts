import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { emails } from '#db/schema/index.ts'
import { createPaidOrder, readOrder, ship } from '#tests/support/payments.ts'
import { cancelShipment, changeTracking, markDelivered } from './shipments.server.ts'

async function createShippedOrder() {
  const order = await createPaidOrder()
  const first = await ship({ orderId: order.orderId, by: order.olga, quantity: 1 })
  const second = await ship({ orderId: order.orderId, by: order.olga, quantity: 1 })
  return { ...order, first, second, of: { orderId: order.orderId, by: order.olga } }
}

test('the units of a canceled shipment are unfulfilled again and can be shipped once more', async () => {
  const { first, second, of } = await createShippedOrder()
  expect(await cancelShipment({ ...of, fulfillmentId: second })).toEqual({ ok: true })
  expect((await readOrder(of.orderId)).order.fulfillmentState).toBe('partly-fulfilled')
  expect(await cancelShipment({ ...of, fulfillmentId: second })).toEqual({
    ok: false,
    reason: 'already-canceled',
  })
  expect(await cancelShipment({ ...of, fulfillmentId: first })).toEqual({ ok: true })
  const { order, lines, events } = await readOrder(of.orderId)
  expect([order.fulfillmentState, lines[0]!.fulfilledQuantity]).toEqual(['unfulfilled', 0])
  expect(events[0]).toMatchObject({ kind: 'shipment-canceled', detail: '1 item' })
  await ship({ ...of, quantity: 2 })
  expect((await readOrder(of.orderId)).order.fulfillmentState).toBe('fulfilled')
})

test('two staff who cancel one shipment at once cancel it once', async () => {
  const { first, of } = await createShippedOrder()
  const results = await Promise.all([1, 2].map(() => cancelShipment({ ...of, fulfillmentId: first })))
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await readOrder(of.orderId)).lines[0]!.fulfilledQuantity).toBe(1)
})

test('a delivered shipment is emailed once, each shipment on its own', async () => {
  const { first, second, of } = await createShippedOrder()
  expect(await markDelivered({ ...of, fulfillmentId: first })).toEqual({ ok: true })
  expect(await markDelivered({ ...of, fulfillmentId: first })).toEqual({
    ok: false,
    reason: 'already-delivered',
  })
  expect(await markDelivered({ ...of, fulfillmentId: second })).toEqual({ ok: true })
  const sent = await db.select().from(emails).where(eq(emails.orderId, of.orderId))
  expect(sent.filter(({ kind }) => kind === 'order-delivered')).toHaveLength(2)
})

test('tracking can be changed; a shipment of another order is not found', async () => {
  const { first, of } = await createShippedOrder()
  const other = await createPaidOrder()
  const tracking = { carrier: 'UPS', trackingNumber: '1Z', trackingUrl: 'https://ups.example/1Z' }
  expect(await changeTracking({ ...of, fulfillmentId: first, ...tracking })).toBe(true)
  expect((await readOrder(of.orderId)).fulfillments[0]).toMatchObject(tracking)
  const elsewhere = { orderId: other.orderId, by: of.by, fulfillmentId: first }
  expect(await changeTracking({ ...elsewhere, ...tracking })).toBe(false)
  expect(await cancelShipment(elsewhere)).toEqual({ ok: false, reason: 'not-found' })
  expect(await markDelivered(elsewhere)).toEqual({ ok: false, reason: 'not-found' })
})
