import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { cancelOrder } from '#app/domain/orders/cancel-order.server.ts'
import { db } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { adaOrders, aPerson, aProduct } from '#tests/support/cast.ts'
import { getCustomer, listCustomers, listOrdersOf } from './customers.server.ts'

const all = { query: '', sort: 'newest' as const, page: 1 }

/** An order of one pot for 9.99 and delivery for 4.90, in the customer's account. */
async function orderOf(userId: number): Promise<number> {
  const { orderId } = await adaOrders(await aProduct({ price: 999 }))
  await db.update(orders).set({ userId }).where(eq(orders.id, orderId))
  return orderId
}

test('what a customer ordered is counted and summed without what was cancelled', async () => {
  const { id } = await aPerson()
  await orderOf(id)
  await orderOf(id)
  const { olga } = await adaOrders(await aProduct())
  await cancelOrder(await orderOf(id), { version: 1, reason: '' }, olga)
  expect(await getCustomer(id)).toMatchObject({ orders: 2, spent: 2 * (999 + 490) })
  expect(await listOrdersOf(id)).toHaveLength(3)
})

test('customers are found by part of name or address, in any case, and nobody else is', async () => {
  const ida = await aPerson({ name: 'Ida Moss', email: 'ida@moss.example' })
  await aPerson({ name: 'Ida Stone', role: 'staff' })
  for (const query of ['ida mo', 'MOSS', 'ida@MOSS'])
    expect(
      (await listCustomers({ ...all, query })).customers.map(({ id }) => id),
      query,
    ).toEqual([ida.id])
  for (const query of ['%', '_', 'Stone', '\\'])
    expect(await listCustomers({ ...all, query }), query).toEqual({ customers: [], total: 0 })
})

test('lists are sorted as asked', async () => {
  const [a, b] = [await aPerson({ name: 'Änne Zorn' }), await aPerson({ name: 'bob Zorn' })]
  await orderOf(a.id)
  const sorted = async (sort: Parameters<typeof listCustomers>[0]['sort']) =>
    (await listCustomers({ ...all, query: 'zorn', sort })).customers.map(({ id }) => id)
  expect(await sorted('newest')).toEqual([b.id, a.id])
  expect(await sorted('oldest')).toEqual([a.id, b.id])
  expect(await sorted('spent')).toEqual([a.id, b.id])
  expect(await sorted('orders')).toEqual([a.id, b.id])
  expect(await sorted('name')).toHaveLength(2)
})

test('staff are nobody’s customers, and no secret of a customer is read', async () => {
  expect(await getCustomer((await aPerson({ role: 'admin' })).id)).toBe(null)
  expect(await getCustomer(999_999)).toBe(null)
  const customer = await getCustomer((await aPerson()).id)
  expect(Object.keys(customer!).join()).not.toMatch(/password|secret|token|hash/i)
})
