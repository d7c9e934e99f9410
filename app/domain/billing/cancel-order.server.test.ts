import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deleteVariant } from '#app/domain/products/variant-editor.server.ts'
import { db } from '#db/client.ts'
import { variants } from '#db/schema/index.ts'
import { createOrder, createProduct, createProductWithOptions, createShop } from '#tests/support/cast.ts'
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
