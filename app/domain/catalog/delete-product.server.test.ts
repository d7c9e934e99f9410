import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { cancelOrder } from '#app/domain/orders/cancel-order.server.ts'
import { db } from '#db/client.ts'
import { orderLines, products, stockLedger, variants } from '#db/schema/index.ts'
import {
  adaOrders,
  aGuest,
  aProduct,
  filledForm,
  now,
  olgaOpensHerShop,
  somebody,
} from '#tests/support/cast.ts'
import { countOrdersOf, deleteProduct } from './delete-product.server.ts'

test('a product that was never ordered goes, with its variants and its ledger', async () => {
  const { productId, variantId } = await aProduct({ title: 'Vase', stock: 3 })
  await aGuest({ variantId })
  expect(await deleteProduct(productId, somebody)).toEqual({ ok: true, title: 'Vase' })
  expect(await db.$count(variants, eq(variants.id, variantId))).toBe(0)
  expect(await db.$count(stockLedger, eq(stockLedger.variantId, variantId))).toBe(0)
  expect(await deleteProduct(productId, somebody)).toEqual({ ok: false, reason: 'gone' })
})

test('one that was ordered stays, even when the order was cancelled', async () => {
  const pot = await aProduct()
  const { orderId, olga } = await adaOrders(pot)
  await adaOrders(pot)
  await cancelOrder(orderId, { version: 1, reason: '' }, olga)
  expect(await countOrdersOf(pot.productId)).toBe(2)
  expect(await deleteProduct(pot.productId, somebody)).toEqual({ ok: false, reason: 'ordered' })
  expect(await db.$count(products, eq(products.id, pot.productId))).toBe(1)
})

test('when it is deleted and ordered at once, either the order or the product is there, never both halves', async () => {
  const { settings } = await olgaOpensHerShop()
  const outcomes = { ordered: 0, deleted: 0 }
  for (let round = 0; round < 12; round++) {
    const { productId, variantId } = await aProduct()
    const buyers = await Promise.all(Array.from({ length: 4 }, () => aGuest({ variantId })))
    const forms = await Promise.all(buyers.map((buyer) => filledForm(buyer, settings)))
    const order = (index: number) =>
      placeOrder({ shopper: buyers[index]!, form: forms[index]!, settings, now })

    // The deletion comes now before them all, now in their midst.
    const early = round % 2 === 0 ? [] : [order(0), order(1)]
    const deletion = deleteProduct(productId, somebody)
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
    outcomes[deleted.ok ? 'deleted' : 'ordered']++
  }
  expect(Math.min(outcomes.ordered, outcomes.deleted)).toBeGreaterThan(0)
})
