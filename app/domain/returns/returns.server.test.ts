import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { cancelShipment } from '#app/domain/orders/shipments.server.ts'
import { listOrders } from '#app/domain/orders/list-orders.server.ts'
import { db } from '#db/client.ts'
import { emails, settings, variants } from '#db/schema/index.ts'
import { createPaidOrder, readOrder, refund, ship } from '#tests/support/payments.ts'
import { answerReturn, cancelReturn, receiveReturn, withdrawReturn } from './change-return.server.ts'
import { refundReturn } from './refund-return.server.ts'
import { requestReturn, startReturn } from './request-return.server.ts'
import { listReturns } from './returns.server.ts'

async function createShippedOrder() {
  const order = await createPaidOrder()
  const fulfillmentId = await ship({ orderId: order.orderId, by: order.olga, quantity: 2 })
  const { token } = (await readOrder(order.orderId)).order
  return { ...order, token, fulfillmentId, by: order.olga }
}

type Shipped = Awaited<ReturnType<typeof createShippedOrder>>

const ask = ({ token, lineId }: Shipped, quantity = 1, now = new Date()) =>
  requestReturn({ token, lines: [{ orderLineId: lineId, quantity }], reason: 'Too small', now })

async function askAndApprove(order: Shipped) {
  const asked = await ask(order)
  if (!asked.ok) throw new Error(asked.reason)
  const { returnId } = asked
  const { orderId, by } = order
  const approval = { decision: 'approved' as const, answer: 'Send it to 1 Hill', version: 1 }
  expect(await answerReturn({ orderId, returnId, ...approval, by })).toEqual({ ok: true })
  return { orderId, returnId, by }
}

const later = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000)

test('a return goes from the request to the refund, with an email for each step', async () => {
  const order = await createShippedOrder()
  const about = await askAndApprove(order)
  const lines = [{ orderLineId: order.lineId, restock: true }]
  expect(await receiveReturn({ ...about, version: 2, lines })).toEqual({ ok: true })
  const [variant] = await db.select().from(variants).where(eq(variants.id, order.variantId))
  expect(variant!.stock).toBe(9)
  const { order: row } = await readOrder(order.orderId)
  const form = { version: row.version, shipping: 0, extra: 0, reason: '', shownAmount: 999 }
  const refunded = [{ orderLineId: order.lineId, quantity: 1, restock: true, isShipped: true }]
  expect(await refundReturn({ ...about, ...form, lines: refunded })).toMatchObject({ ok: true, amount: 999 })
  const after = await readOrder(order.orderId)
  expect(after.lines[0]).toMatchObject({ returnedQuantity: 1, refundedQuantity: 1 })
  expect((await listReturns(order.orderId))[0]).toMatchObject({ state: 'refunded', version: 4 })
  expect(after.emails.map(({ kind }) => kind).filter((kind) => /return|refund/.test(kind))).toEqual([
    'return-requested',
    'return-approved',
    'return-received',
    'order-refunded',
  ])
  const [email] = await db.select().from(emails).where(eq(emails.kind, 'return-approved'))
  await sendQueuedEmail(email!.id)
  const [sent] = await db.select().from(emails).where(eq(emails.id, email!.id))
  expect(sent!.text).toContain('Send it to 1 Hill')
  expect(sent!.text).toContain('1 × Clay pot')
})

test('units that a return restocked are not restocked by its refund again', async () => {
  const order = await createShippedOrder()
  const about = await askAndApprove(order)
  await receiveReturn({ ...about, version: 2, lines: [{ orderLineId: order.lineId, restock: true }] })
  const all = [{ orderLineId: order.lineId, quantity: 2, restock: true }]
  await refund({ orderId: order.orderId, by: order.by, lines: all })
  const [variant] = await db.select().from(variants).where(eq(variants.id, order.variantId))
  expect(variant!.stock).toBe(10)
})

test('only shipped units that are in no other return can be returned', async () => {
  const order = await createShippedOrder()
  const refused = { ok: false, reason: 'not-returnable' }
  expect(await ask(order, 0)).toEqual({ ok: false, reason: 'nothing-selected' })
  expect(await ask(order, 3)).toEqual(refused)
  expect(await ask(order, 2)).toMatchObject({ ok: true })
  expect(await ask(order, 1)).toEqual(refused)
  const unshipped = await createPaidOrder()
  const { token } = (await readOrder(unshipped.orderId)).order
  expect(await ask({ ...order, token, lineId: unshipped.lineId })).toEqual(refused)
  expect(await ask({ ...order, token: 'x'.repeat(22) })).toEqual({ ok: false, reason: 'not-found' })
})

test('customers can ask as long as the settings say, staff at any time', async () => {
  const order = await createShippedOrder()
  const refused = { ok: false, reason: 'not-returnable' }
  expect(await ask(order, 1, later(31))).toEqual(refused)
  await db.update(settings).set({ returnDays: 0 })
  expect(await ask(order)).toEqual(refused)
  await db.update(settings).set({ returnDays: 30 })
  expect(await ask(order, 1, later(29))).toMatchObject({ ok: true })
  const lines = [{ orderLineId: order.lineId, quantity: 1 }]
  const started = await startReturn({ orderId: order.orderId, lines, reason: '', answer: '', by: order.by })
  expect(started).toMatchObject({ ok: true })
  expect((await listReturns(order.orderId))[0]).toMatchObject({ state: 'approved' })
})

test('two requests for the same units at once: one is accepted', async () => {
  const order = await createShippedOrder()
  const results = await Promise.all([1, 2, 3].map(() => ask(order, 2)))
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
})

test('a declined or withdrawn return frees its units; what has arrived cannot be withdrawn', async () => {
  const order = await createShippedOrder()
  const { orderId, by, token } = order
  const first = await ask(order, 2)
  const firstId = first.ok ? first.returnId : 0
  const decline = { decision: 'declined' as const, answer: 'Worn', version: 1 }
  expect(await answerReturn({ orderId, returnId: firstId, ...decline, by })).toEqual({ ok: true })
  expect(await answerReturn({ orderId, returnId: firstId, ...decline, version: 2, by })).toEqual({
    ok: false,
    reason: 'not-possible',
  })
  const second = await ask(order, 2)
  const secondId = second.ok ? second.returnId : 0
  const other = await createShippedOrder()
  expect(await withdrawReturn({ token: other.token, returnId: secondId })).toMatchObject({ ok: false })
  expect(await withdrawReturn({ token, returnId: secondId })).toEqual({ ok: true })
  const about = await askAndApprove(order)
  await receiveReturn({ ...about, version: 2, lines: [] })
  const refused = { ok: false, reason: 'not-possible' }
  expect(await withdrawReturn({ token, returnId: about.returnId })).toEqual(refused)
  expect(await cancelReturn(about)).toEqual(refused)
})

test('two staff who receive one return at once receive it once', async () => {
  const about = await askAndApprove(await createShippedOrder())
  const results = await Promise.all([1, 2].map(() => receiveReturn({ ...about, version: 2, lines: [] })))
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
})

test('a shipment whose units are in a return cannot be canceled', async () => {
  const order = await createShippedOrder()
  await ask(order)
  const { orderId, fulfillmentId, by } = order
  expect(await cancelShipment({ orderId, fulfillmentId, by })).toEqual({ ok: false, reason: 'in-return' })
})

test('staff find orders with open returns', async () => {
  const order = await createShippedOrder()
  const open = async () =>
    (await listOrders({ filter: 'returns', sort: 'newest', query: '', page: 1 })).orders.map(({ id }) => id)
  expect(await open()).not.toContain(order.orderId)
  const about = await askAndApprove(order)
  expect(await open()).toContain(order.orderId)
  await cancelReturn(about)
  expect(await open()).not.toContain(order.orderId)
})
