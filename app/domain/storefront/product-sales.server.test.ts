import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { db } from '#db/client.ts'
import { orders, productSales } from '#db/schema/index.ts'
import { createOrder, createProduct } from '#tests/support/cast.ts'
import { emptyListing } from './listing.ts'
import { listProducts } from './listing.server.ts'
import { refreshProductSales } from './product-sales.server.ts'
import { allProducts } from './scope.server.ts'

const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000)

const sold = async () =>
  new Map((await db.select().from(productSales)).map(({ productId, units }) => [productId, units] as const))

test('sales are the units of orders of ninety days that were not canceled, also when jobs run at once', async () => {
  const [unsold, pot, lamp] = [await createProduct(), await createProduct(), await createProduct()]
  const { orderId, olga } = await createOrder({ variantId: pot.variantId, quantity: 3 })
  await createOrder({ variantId: lamp.variantId, quantity: 1 })
  await createOrder({ variantId: lamp.variantId, quantity: 1 })

  const runs = [1, 2, 3, 4].map(() => refreshProductSales(new Date()))
  expect((await Promise.all(runs)).sort()).toEqual([0, 0, 0, 2])
  expect(await sold()).toEqual(
    new Map([
      [pot.productId, 3],
      [lamp.productId, 2],
    ]),
  )
  const cards = await listProducts(allProducts, { ...emptyListing, sort: 'best-selling' })
  expect(cards!.map(({ id }) => id)).toEqual([pot.productId, lamp.productId, unsold.productId])

  const [order] = await db.select({ version: orders.version }).from(orders).where(eq(orders.id, orderId))
  await cancelOrder({ orderId, version: order!.version, reason: '', by: olga })
  await refreshProductSales(new Date())
  expect(await sold()).toEqual(new Map([[lamp.productId, 2]]))
  expect(await refreshProductSales(inDays(89))).toBe(0)
  await refreshProductSales(inDays(91))
  expect(await sold()).toEqual(new Map())
})
