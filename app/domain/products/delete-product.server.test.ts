import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { db } from '#db/client.ts'
import { orderLines, products, stockLedger, variants } from '#db/schema/index.ts'
import {
  createOrder,
  createGuest,
  createProduct,
  filledForm,
  now,
  createShop,
  anyUser,
} from '#tests/support/cast.ts'
import { whileRowIsLocked } from '#tests/support/locked-row.ts'
import { countProductOrders, deleteProduct } from './delete-product.server.ts'

test('a product that was never ordered is deleted, with its variants and its ledger', async () => {
  const { productId, variantId } = await createProduct({ title: 'Vase', stock: 3 })
  await createGuest({ variantId })
  expect(await deleteProduct(productId, anyUser)).toEqual({ ok: true, title: 'Vase' })
  expect(await db.$count(variants, eq(variants.id, variantId))).toBe(0)
  expect(await db.$count(stockLedger, eq(stockLedger.variantId, variantId))).toBe(0)
  expect(await deleteProduct(productId, anyUser)).toEqual({ ok: false, reason: 'not-found' })
})

test('an ordered product is not deleted, even when the order was canceled', async () => {
  const pot = await createProduct()
  const { orderId, olga } = await createOrder(pot)
  await createOrder(pot)
  await cancelOrder({ orderId, version: 1, reason: '', by: olga })
  expect(await countProductOrders(pot.productId)).toBe(2)
  expect(await deleteProduct(pot.productId, anyUser)).toEqual({ ok: false, reason: 'ordered' })
  expect(await db.$count(products, eq(products.id, pot.productId))).toBe(1)
})

test('a product deleted and ordered at once is either ordered or deleted: whoever is first at its variant', async () => {
  const { settings } = await createShop()
  for (const first of ['order', 'deletion'] as const) {
    const { productId, variantId } = await createProduct()
    const shopper = await createGuest({ variantId })
    const form = await filledForm(shopper, settings)
    const order = () => placeOrder({ shopper, form, settings, now })
    const deletion = () => deleteProduct(productId, anyUser)
    const commands: (() => Promise<{ ok: boolean }>)[] =
      first === 'order' ? [order, deletion] : [deletion, order]
    const [won, lost] = await whileRowIsLocked({ table: variants, id: variantId }, commands)
    expect([won!.ok, lost!.ok], `${first} first`).toEqual([true, false])
    const lines = await db.select().from(orderLines).where(eq(orderLines.variantId, variantId))
    expect(lines.map((line) => line.productId)).toEqual(first === 'order' ? [productId] : [])
    expect(await db.$count(products, eq(products.id, productId))).toBe(first === 'order' ? 1 : 0)
  }
})

test('orders and deletions in any order leave no half', async () => {
  const { settings } = await createShop()
  for (let round = 0; round < 12; round++) {
    const { productId, variantId } = await createProduct()
    const buyers = await Promise.all(Array.from({ length: 4 }, () => createGuest({ variantId })))
    const forms = await Promise.all(buyers.map((buyer) => filledForm(buyer, settings)))
    const order = (index: number) =>
      placeOrder({ shopper: buyers[index]!, form: forms[index]!, settings, now })

    // The deletion starts before the orders in even rounds, between them in odd ones.
    const early = round % 2 === 0 ? [] : [order(0), order(1)]
    const deletion = deleteProduct(productId, anyUser)
    const late = round % 2 === 0 ? [order(0), order(1)] : [order(2), order(3)]
    const [deleted, ...results] = await Promise.all([deletion, ...early, ...late])

    const placed = results.filter((result) => result.ok)
    const lines = await Promise.all(
      placed.map(({ orderId }) => db.select().from(orderLines).where(eq(orderLines.orderId, orderId))),
    )
    expect(lines.flat().every((line) => line.productId === productId && line.variantId === variantId)).toBe(
      true,
    )
    expect(placed.length > 0).toBe(!deleted.ok)
  }
})
