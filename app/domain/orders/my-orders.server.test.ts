import { inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { adaOrders, aPerson, aProduct } from '#tests/support/cast.ts'
import { listMyOrders, myOrdersPerPage } from './my-orders.server.ts'

async function ordersOf(userId: number, howMany: number) {
  const product = await aProduct({ title: 'Clay pot', stock: 999 })
  const ids: number[] = []
  for (let count = 0; count < howMany; count += 1) {
    const { orderId } = await adaOrders({ ...product, quantity: 2 })
    ids.push(orderId)
  }
  await db.update(orders).set({ userId }).where(inArray(orders.id, ids))
  return ids
}

test('lists one’s own orders and nobody else’s, newest first, in pages', async () => {
  const [ada, eve, nobody] = [await aPerson(), await aPerson(), await aPerson()]
  const ids = await ordersOf(ada.id, myOrdersPerPage + 2)
  await ordersOf(eve.id, 1)
  await adaOrders(await aProduct())
  const first = await listMyOrders(ada.id, { page: 1 })
  const second = await listMyOrders(ada.id, { page: 2 })
  expect(first.total).toBe(ids.length)
  expect([...first.orders, ...second.orders].map(({ id }) => id)).toEqual(ids.toReversed())
  expect(first.orders[0]).toMatchObject({ pieces: 2, titles: ['Clay pot'] })
  expect(await listMyOrders(nobody.id, { page: 1 })).toEqual({ orders: [], total: 0 })
  expect((await listMyOrders(ada.id, { page: 9 })).orders).toEqual([])
})
