import { inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { createOrder, createUser, createProduct } from '#tests/support/cast.ts'
import { listCustomersOwnOrders, myOrdersPerPage } from './my-orders.server.ts'

async function ordersOf(userId: number, howMany: number) {
  const product = await createProduct({ title: 'Clay pot', stock: 999 })
  const ids: number[] = []
  for (let count = 0; count < howMany; count += 1) {
    const { orderId } = await createOrder({ ...product, quantity: 2 })
    ids.push(orderId)
  }
  await db.update(orders).set({ userId }).where(inArray(orders.id, ids))
  return ids
}

test('listCustomersOwnOrders lists only the customer’s own orders, newest first, in pages', async () => {
  const [ada, eve, otherUser] = [await createUser(), await createUser(), await createUser()]
  const ids = await ordersOf(ada.id, myOrdersPerPage + 2)
  await ordersOf(eve.id, 1)
  await createOrder(await createProduct())
  const first = await listCustomersOwnOrders(ada.id, { page: 1 })
  const second = await listCustomersOwnOrders(ada.id, { page: 2 })
  expect(first.total).toBe(ids.length)
  expect([...first.orders, ...second.orders].map(({ id }) => id)).toEqual(ids.toReversed())
  expect(first.orders[0]).toMatchObject({ itemCount: 2, titles: ['Clay pot'] })
  expect(await listCustomersOwnOrders(otherUser.id, { page: 1 })).toEqual({ orders: [], total: 0 })
  expect((await listCustomersOwnOrders(ada.id, { page: 9 })).orders).toEqual([])
})
