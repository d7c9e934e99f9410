import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { db } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { createOrder, createUser, createProduct } from '#tests/support/cast.ts'
import { getCustomer, listCustomers, listCustomerOrders } from './customers.server.ts'

const all = { query: '', sort: 'newest' as const, page: 1 }

/** An order of one pot for 9.99 and shipping for 4.90, in the customer's account. */
async function orderOf(userId: number): Promise<number> {
  const { orderId } = await createOrder(await createProduct({ price: 999 }))
  await db.update(orders).set({ userId }).where(eq(orders.id, orderId))
  return orderId
}

test('a customer’s orders are counted and summed without canceled ones', async () => {
  const { id } = await createUser()
  await orderOf(id)
  await orderOf(id)
  const { olga } = await createOrder(await createProduct())
  await cancelOrder({ orderId: await orderOf(id), version: 1, reason: '', by: olga })
  expect(await getCustomer(id)).toMatchObject({ orders: 2, spent: 2 * (999 + 490) })
  expect(await listCustomerOrders(id)).toHaveLength(3)
})

test('customers are found by part of name or email, ignoring case', async () => {
  const ida = await createUser({ name: 'Ida Moss', email: 'ida@moss.example' })
  await createUser({ name: 'Ida Stone', role: 'staff' })
  for (const query of ['ida mo', 'MOSS', 'ida@MOSS'])
    expect(
      (await listCustomers({ ...all, query })).customers.map(({ id }) => id),
      query,
    ).toEqual([ida.id])
  for (const query of ['%', '_', 'Stone', '\\'])
    expect(await listCustomers({ ...all, query }), query).toEqual({ customers: [], total: 0 })
})

test('customer lists are sorted as requested', async () => {
  const [a, b] = [await createUser({ name: 'Änne Zorn' }), await createUser({ name: 'bob Zorn' })]
  await orderOf(a.id)
  const sorted = async (sort: Parameters<typeof listCustomers>[0]['sort']) =>
    (await listCustomers({ ...all, query: 'zorn', sort })).customers.map(({ id }) => id)
  expect(await sorted('newest')).toEqual([b.id, a.id])
  expect(await sorted('oldest')).toEqual([a.id, b.id])
  expect(await sorted('spent')).toEqual([a.id, b.id])
  expect(await sorted('orders')).toEqual([a.id, b.id])
  expect(await sorted('name')).toHaveLength(2)
})

test('staff are not listed as customers, and no secret of a customer is read', async () => {
  expect(await getCustomer((await createUser({ role: 'admin' })).id)).toBe(null)
  expect(await getCustomer(999_999)).toBe(null)
  const customer = await getCustomer((await createUser()).id)
  expect(Object.keys(customer!).join()).not.toMatch(/password|secret|token|hash/i)
})
