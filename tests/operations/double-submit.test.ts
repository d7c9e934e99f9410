import { count, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { orderLines, orders, stockLedger, variants } from '#db/schema/index.ts'
import { createProduct, createShop, changePrice, setStock } from '#tests/support/cast.ts'
import { newVisitor, openCheckout, useRunningShop } from '#tests/support/http-shop.ts'

useRunningShop()

const ordersOf = async (variantId: number) =>
  (await db.select({ orders: count() }).from(orderLines).where(eq(orderLines.variantId, variantId)))[0]!
    .orders

test('20 identical forms at once are one order, and all responses lead to it', async () => {
  const { variantId } = await createProduct()
  const ada = newVisitor()
  const form = await openCheckout(ada, { variantId })
  const answers = await Promise.all(Array.from({ length: 20 }, () => ada.post('/checkout', form)))
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(303))
  const [receipt, ...others] = new Set(answers.map(({ location }) => location))
  expect(receipt).toMatch(/^\/orders\/[\w-]{22}$/)
  expect(others).toEqual([])
  expect(await ordersOf(variantId)).toBe(1)
  expect((await ada.get(receipt!)).status).toBe(200)
})

test('a form sent again much later still leads to its order', async () => {
  const { variantId } = await createProduct()
  const ada = newVisitor()
  const form = await openCheckout(ada, { variantId })
  const { location } = await ada.post('/checkout', form)
  await openCheckout(ada, { variantId })
  expect(await ada.post('/checkout', form)).toMatchObject({ status: 303, location })
  expect(await ordersOf(variantId)).toBe(1)
})

test('the same key with other contents is told that the order was already placed', async () => {
  const { variantId } = await createProduct()
  const ada = newVisitor()
  const form = await openCheckout(ada, { variantId })
  const { location } = await ada.post('/checkout', form)
  const again = await ada.post('/checkout', { ...form, line1: '13 Square' })
  expect(again).toMatchObject({ status: 303, location })
  expect((await ada.get(location!)).body).toContain('This order was already placed.')
  expect(await ordersOf(variantId)).toBe(1)
})

test('the checkout leads to the order that was just placed, later to the empty cart', async () => {
  const { variantId } = await createProduct()
  const ada = newVisitor()
  const { location } = await ada.post('/checkout', await openCheckout(ada, { variantId }))
  expect(await ada.get('/checkout')).toMatchObject({ status: 303, location })
  expect(await newVisitor().get('/checkout')).toMatchObject({ status: 303, location: '/cart' })
  await db
    .update(orders)
    .set({ placedAt: sql`now() - interval '11 minutes'` })
    .where(eq(orders.token, location!.split('/')[2]!))
  expect(await ada.get('/checkout')).toMatchObject({ status: 303, location: '/cart' })
})

test('another shopper’s key places nothing and reveals nothing', async () => {
  const { variantId } = await createProduct()
  const ada = newVisitor()
  const hers = await openCheckout(ada, { variantId })
  await ada.post('/checkout', hers)
  const eve = newVisitor()
  const form = await openCheckout(eve, { variantId })
  const answer = await eve.post('/checkout', { ...form, checkoutKey: hers.checkoutKey! })
  expect(answer.status).toBe(409)
  expect(answer.location).toBeNull()
  expect(await ordersOf(variantId)).toBe(1)
})

test.each([
  ['less than shown', '1'],
  ['more than shown', '99999999'],
])('a form that claims a total of %s places nothing', async (_, shownTotal) => {
  const { variantId } = await createProduct()
  const ada = newVisitor()
  const answer = await ada.post('/checkout', { ...(await openCheckout(ada, { variantId })), shownTotal })
  expect(answer.status).toBe(409)
  expect(answer.body).toContain('The total has changed.')
  expect(answer.body).toContain('value="Ada Byron"')
  expect(await ordersOf(variantId)).toBe(0)
})

test('a price that changes between page and form places nothing; the next form does', async () => {
  const { variantId } = await createProduct({ price: 1000 })
  const ada = newVisitor()
  const form = await openCheckout(ada, { variantId })
  await changePrice(variantId, 1100)
  expect((await ada.post('/checkout', form)).status).toBe(409)
  expect(await ordersOf(variantId)).toBe(0)
  const { location } = await ada.post('/checkout', { ...form, shownTotal: '1590' })
  expect(location).toMatch(/^\/orders\//)
  const [order] = await db
    .select({ total: orders.total })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(eq(orderLines.variantId, variantId))
  expect(order).toEqual({ total: 1590 })
})

test('50 buyers over HTTP for the last 5: five receipts, the others keep their cart, the ledger agrees', async () => {
  const { variantId } = await createProduct({ title: 'Last five', stock: 5 })
  const buyers = Array.from({ length: 50 }, () => newVisitor())
  const forms = await Promise.all(buyers.map((buyer) => openCheckout(buyer, { variantId })))
  const answers = await Promise.all(buyers.map((buyer, index) => buyer.post('/checkout', forms[index]!)))
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([...Array<number>(5).fill(303), ...Array<number>(45).fill(409)])
  expect(new Set(answers.flatMap(({ location }) => location ?? [])).size).toBe(5)

  const loser = answers.findIndex(({ status }) => status === 409)
  expect(answers[loser]!.body).toContain('Last five: sold out')
  const cart = await buyers[loser]!.get('/cart')
  expect(cart.body).toContain('Last five')
  expect(cart.body).toContain('Sold out. Remove it to continue.')

  const [variant] = await db
    .select({ stock: variants.stock })
    .from(variants)
    .where(eq(variants.id, variantId))
  expect(variant).toEqual({ stock: 0 })
  const sales = await db.select().from(stockLedger).where(eq(stockLedger.variantId, variantId))
  expect(sales.filter(({ reason }) => reason === 'sale').map(({ delta }) => delta)).toEqual([
    -1, -1, -1, -1, -1,
  ])
})

test('a line sold out in between keeps the cart and the typed text', async () => {
  const { variantId } = await createProduct({ title: 'Gone pot' })
  const { olga } = await createShop()
  const ada = newVisitor()
  const form = await openCheckout(ada, { variantId })
  await setStock(variantId, 0, olga)
  const answer = await ada.post('/checkout', { ...form, note: 'Ring twice & wait' })
  expect(answer.status).toBe(409)
  expect(answer.body).toContain('Gone pot: sold out')
  expect(answer.body).toContain('Ring twice &amp; wait')
  expect(await ordersOf(variantId)).toBe(0)
})
