import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop } from '#tests/support/cast.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { createFulfillment } from './create-fulfillment.server.ts'
import { countOrders, listOrders, type OrderFilter, type OrderSort } from './list-orders.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { getOrder } from './orders.server.ts'

const list = (asked: { filter?: OrderFilter; sort?: OrderSort; query?: string; page?: number } = {}) =>
  listOrders({ filter: 'all', sort: 'newest', query: '', page: 1, ...asked })

/** The names on the orders that a search finds. */
async function find(query: string) {
  const { orders: found, total } = await list({ query })
  expect(found).toHaveLength(total)
  return found.map((order) => order.name).sort()
}

async function createOrderBy(name: string, email: string, quantity = 1) {
  const { variantId } = await createProduct({ price: 1000 })
  const { orderId } = await createOrder({ variantId, quantity }, { name, email })
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  return order!
}

test('an order is found by its number, with or without prefix, but not by part of it', async () => {
  const { number } = await createOrderBy('Nora Number', 'nora@example.com')
  expect(await find(String(number))).toEqual(['Nora Number'])
  expect(await find(`#${number}`)).toEqual(['Nora Number'])
  expect(await find(`order ${number}`)).toEqual(['Nora Number'])
  expect(await find(String(number).slice(1))).toEqual([])
  expect(await find('999999999999999')).toEqual([])
  expect(await find('99999999999999999999999999')).toEqual([])
})

test('an order is found by part of the name or email, ignoring case', async () => {
  await createOrderBy('Émile Zola', 'emile.zola@naturalisme.example')
  expect(await find('zola')).toEqual(['Émile Zola'])
  expect(await find('Emile.ZOLA@')).toEqual(['Émile Zola'])
  expect(await find('NATURALISME')).toEqual(['Émile Zola'])
  expect(await find('balzac')).toEqual([])
})

test('an order is found by a whole SKU or tracking number, ignoring case', async () => {
  const { olga } = await createShop()
  const { variantId } = await createProduct({ sku: 'POT-Blue-1' })
  const { orderId } = await createOrder({ variantId, quantity: 1 }, { name: 'Sigrid Sku' })
  const { lines } = (await getOrder(orderId))!
  const sent = await createFulfillment({
    ...{ orderId, version: 1, carrier: 'Post', trackingNumber: 'RX 77 IE', trackingUrl: '', by: olga },
    lines: lines.map((line) => ({ orderLineId: line.id, quantity: line.quantity })),
  })
  expect(sent).toMatchObject({ ok: true })
  expect(await find('pot-blue-1')).toEqual(['Sigrid Sku'])
  expect(await find('rx 77 ie')).toEqual(['Sigrid Sku'])
  expect(await find('POT-Blue')).toEqual([])
  expect(await find('RX 77')).toEqual([])
})

test('search treats %, _ and \\ literally', async () => {
  await createOrderBy('Percy 100% Wool', 'percy_wool@example.com')
  await createOrderBy('Percy 100 Wool', 'percyxwool@example.com')
  await createOrderBy('Back\\slash', 'slash@example.com')
  expect(await find('100%')).toEqual(['Percy 100% Wool'])
  expect(await find('percy_wool')).toEqual(['Percy 100% Wool'])
  expect(await find('ack\\sl')).toEqual(['Back\\slash'])
  expect(await find('%_%')).toEqual([])
})

test('each list contains its orders, and the counts agree', async () => {
  const { olga } = await createShop()
  const before = await countOrders()
  const [fresh, paid, sent, done, canceled] = await Promise.all(
    ['fresh', 'paid', 'sent', 'done', 'canceled'].map((name) => createOrderBy(name, `${name}@lists.example`)),
  )
  const send = async (orderId: number, version: number) => {
    const { lines } = (await getOrder(orderId))!
    const tracking = { carrier: '', trackingNumber: '', trackingUrl: '' }
    const chosen = lines.map((line) => ({ orderLineId: line.id, quantity: line.quantity }))
    await createFulfillment({ orderId, version, ...tracking, lines: chosen, by: olga })
  }
  await markPaid({ orderId: paid!.id, version: 1, reference: '', by: olga })
  await send(sent!.id, 1)
  await markPaid({ orderId: done!.id, version: 1, reference: '', by: olga })
  await send(done!.id, 2)
  await cancelOrder({ orderId: canceled!.id, version: 1, reason: '', by: olga })

  const expected = {
    open: ['fresh', 'paid', 'sent'],
    unpaid: ['fresh', 'sent'],
    unfulfilled: ['fresh', 'paid'],
    returns: [],
    canceled: ['canceled'],
    all: ['canceled', 'done', 'fresh', 'paid', 'sent'],
  }
  const after = await countOrders()
  for (const [filter, names] of Object.entries(expected) as [OrderFilter, string[]][]) {
    const found = await list({ filter, query: '@lists.example' })
    expect([filter, found.orders.map((order) => order.name).sort()]).toEqual([filter, names])
    expect([filter, after[filter] - before[filter]]).toEqual([filter, names.length])
  }
  expect(fresh!.total).toBe(1490)
})

test('orders are sorted by time or total, with their item counts', async () => {
  await createOrderBy('one', 'a@sorted.example', 2)
  await createOrderBy('two', 'b@sorted.example', 5)
  await createOrderBy('three', 'c@sorted.example', 1)
  const names = async (sort: OrderSort) =>
    (await list({ sort, query: '@sorted.example' })).orders.map((order) => `${order.name} ${order.itemCount}`)
  expect(await names('newest')).toEqual(['three 1', 'two 5', 'one 2'])
  expect(await names('oldest')).toEqual(['one 2', 'two 5', 'three 1'])
  expect(await names('total-ascending')).toEqual(['three 1', 'one 2', 'two 5'])
  expect(await names('total-descending')).toEqual(['two 5', 'one 2', 'three 1'])
})

test('a page after the last one is empty and still has the total count', async () => {
  await createOrderBy('Paula Page', 'paula@page.example')
  expect(await list({ query: 'paula@page.example', page: 2 })).toEqual({ orders: [], total: 1 })
})
