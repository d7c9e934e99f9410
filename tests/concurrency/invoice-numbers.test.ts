import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { issueInvoice } from '#app/domain/invoices/issue-invoice.server.ts'
import { db, transaction } from '#db/client.ts'
import { invoices } from '#db/schema/index.ts'
import { createOrder, createProduct } from '#tests/support/cast.ts'

async function createOrders(count: number): Promise<number[]> {
  const product = await createProduct({ stock: count })
  const ids: number[] = []
  for (let index = 0; index < count; index++) ids.push((await createOrder(product)).orderId)
  return ids
}

const listNumbers = async () =>
  (await db.select({ number: invoices.number }).from(invoices).orderBy(asc(invoices.number))).map(
    ({ number }) => number,
  )

class RolledBack extends Error {}

test('50 transactions of which some roll back number their invoices without a gap and without a double', async () => {
  const orderIds = await createOrders(50)
  const results = await Promise.allSettled(
    orderIds.map((orderId, index) =>
      transaction(async (tx) => {
        await issueInvoice(tx, orderId)
        if (index % 3 === 0) throw new RolledBack()
      }),
    ),
  )
  const committed = results.filter(({ status }) => status === 'fulfilled').length
  expect(committed).toBe(33)
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(RolledBack)
  expect(await listNumbers()).toEqual(Array.from({ length: committed }, (_, index) => index + 1))
})

test('20 transactions that issue the invoice of one order issue one', async () => {
  const before = await listNumbers()
  const [orderId] = await createOrders(1)
  const issued = await Promise.all(
    Array.from({ length: 20 }, () => transaction((tx) => issueInvoice(tx, orderId!))),
  )
  expect(issued.filter((one) => one !== null)).toHaveLength(1)
  expect(await listNumbers()).toHaveLength(before.length + 1)
})
