import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deleteVariant } from '#app/domain/products/variant-editor.server.ts'
import { db } from '#db/client.ts'
import { notifications, variants } from '#db/schema/index.ts'
import { createOrder, createProduct, createProductWithOptions, createShop } from '#tests/support/cast.ts'
import { createPaidOrder, readOrder, ship } from '#tests/support/payments.ts'
import { cancelByCustomer } from './cancel-by-customer.server.ts'
import { cancelOrder, listCancelLines } from './cancel-order.server.ts'

const stockOf = async (variantId: number) =>
  (await db.select({ stock: variants.stock }).from(variants).where(eq(variants.id, variantId)))[0]!.stock

test('what is said about restocking before an order is canceled is what happens', async () => {
  const { olga } = await createShop()
  const tracked = await createProduct({ title: 'Pot', stock: 5 })
  const { orderId } = await createOrder(tracked)
  expect(await listCancelLines(orderId)).toMatchObject([{ title: 'Pot', quantity: 1, outcome: 'restocked' }])
  expect(await cancelOrder({ orderId, version: 1, reason: '', by: olga })).toEqual({
    ok: true,
    restocked: 1,
    refunded: 0,
  })
  expect(await stockOf(tracked.variantId)).toBe(5)
})

test('a line whose variant no longer tracks stock, or is deleted, is not restocked', async () => {
  const { olga } = await createShop()
  const untracked = await createProduct({ stock: 5 })
  const { orderId } = await createOrder(untracked)
  await db.update(variants).set({ trackStock: false }).where(eq(variants.id, untracked.variantId))
  expect(await listCancelLines(orderId)).toMatchObject([{ outcome: 'not-tracked' }])
  expect(await cancelOrder({ orderId, version: 1, reason: '', by: olga })).toEqual({
    ok: true,
    restocked: 0,
    refunded: 0,
  })

  const stool = await createProductWithOptions({
    title: 'Stool',
    optionNames: ['Color'],
    versions: [{ values: ['Ash'] }, { values: ['Oak'] }],
  })
  const variantId = stool.variantIds[0]!
  const second = await createOrder({ variantId })
  expect(await deleteVariant({ productId: stool.productId, variantId, by: olga })).toEqual({ ok: true })
  expect(await listCancelLines(second.orderId)).toMatchObject([{ outcome: 'deleted' }])
  expect(await cancelOrder({ orderId: second.orderId, version: 1, reason: '', by: olga })).toEqual({
    ok: true,
    restocked: 0,
    refunded: 0,
  })
})

test('the customer cancels an unpaid order with its token; stock comes back and staff are notified', async () => {
  await createShop()
  const pot = await createProduct({ stock: 5 })
  const { orderId } = await createOrder(pot)
  const { token } = (await readOrder(orderId)).order
  expect(await cancelByCustomer({ token, version: 2 })).toEqual({ ok: false, reason: 'stale' })
  expect(await cancelByCustomer({ token: 'x'.repeat(22), version: 1 })).toMatchObject({ ok: false })
  expect(await cancelByCustomer({ token, version: 1 })).toEqual({ ok: true, restocked: 1, refunded: 0 })
  const { order, events } = await readOrder(orderId)
  expect(order.paymentState).toBe('voided')
  expect(events[0]).toMatchObject({ kind: 'canceled', detail: 'By the customer', by: null })
  expect(await stockOf(pot.variantId)).toBe(5)
  const told = await db.select().from(notifications).where(eq(notifications.orderId, orderId))
  expect(told.map(({ kind }) => kind)).toContain('canceled-by-customer')
})

test('the customer cannot cancel what was paid, or shipped in part', async () => {
  const refused = { ok: false, reason: 'not-cancelable' }
  const paid = await createPaidOrder()
  const { order } = await readOrder(paid.orderId)
  expect(await cancelByCustomer({ token: order.token, version: order.version })).toEqual(refused)
  const { orderId, olga } = await createOrder({ ...(await createProduct()), quantity: 2 })
  await ship({ orderId, by: olga, quantity: 1 })
  const shipped = await readOrder(orderId)
  expect(await cancelByCustomer({ token: shipped.order.token, version: shipped.order.version })).toEqual(
    refused,
  )
})
