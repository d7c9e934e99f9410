import { count, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { db } from '#db/client.ts'
import { emails, orders, stockLedger, variants } from '#db/schema/index.ts'
import { createGuest, createProduct, filledForm, now, createShop } from '#tests/support/cast.ts'

test('50 buyers of the last 5 get exactly 5 orders, and the others keep their carts', async () => {
  const { settings } = await createShop()
  const { variantId } = await createProduct({ stock: 5 })
  const buyers = await Promise.all(Array.from({ length: 50 }, () => createGuest({ variantId })))
  const forms = await Promise.all(buyers.map((buyer) => filledForm(buyer, settings)))

  const results = await Promise.all(
    buyers.map((shopper, index) => placeOrder({ shopper, form: forms[index]!, settings, now })),
  )

  expect(results.filter((result) => result.ok)).toHaveLength(5)
  expect(results.filter((result) => !result.ok && result.reason === 'lines-unavailable')).toHaveLength(45)
  const [variant] = await db.select().from(variants).where(eq(variants.id, variantId))
  expect(variant!.stock).toBe(0)
  const sales = await db.select().from(stockLedger).where(eq(stockLedger.reason, 'sale'))
  expect(sales.map((sale) => sale.balance).sort()).toEqual([0, 1, 2, 3, 4])
  const losers = buyers.filter((_, index) => !results[index]!.ok)
  const carts = await Promise.all(losers.map((shopper) => getCart(shopper)))
  expect(carts.every((cart) => cart?.lines[0]?.notices[0]?.kind === 'sold-out')).toBe(true)
})

test('carts with the same variants in opposite order do not deadlock', async () => {
  const { settings } = await createShop()
  const shelf = await Promise.all(Array.from({ length: 6 }, () => createProduct({ stock: 8 })))
  const buyers = await Promise.all(
    Array.from({ length: 24 }, (_, index) => createGuest(...(index % 2 ? shelf : shelf.toReversed()))),
  )
  const forms = await Promise.all(buyers.map((buyer) => filledForm(buyer, settings)))
  const results = await Promise.all(
    buyers.map((shopper, index) => placeOrder({ shopper, form: forms[index]!, settings, now })),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(8)
})

test('a form sent 20 times at once makes one order, one email, one sale', async () => {
  const { settings } = await createShop()
  const { variantId } = await createProduct()
  const shopper = await createGuest({ variantId, quantity: 2 })
  const form = await filledForm(shopper, settings)
  const [before] = await db.select({ orders: count() }).from(orders)

  const results = await Promise.all(
    Array.from({ length: 20 }, () => placeOrder({ shopper, form, settings, now })),
  )

  expect(new Set(results.map((result) => (result.ok ? result.token : result.reason))).size).toBe(1)
  expect(results.filter((result) => result.ok && result.isNew)).toHaveLength(1)
  const [after] = await db.select({ orders: count() }).from(orders)
  expect(after!.orders).toBe(before!.orders + 1)
  const [first] = results
  const orderId = first?.ok ? first.orderId : 0
  expect(await db.select().from(emails).where(eq(emails.orderId, orderId))).toHaveLength(1)
  expect(await db.select().from(stockLedger).where(eq(stockLedger.orderId, orderId))).toMatchObject([
    { delta: -2 },
  ])
  const jobs = await db.execute(sql`select count(*)::int as n from pgboss.job where name = 'send-email'
    and (data ->> 'emailId')::bigint in (select id from emails where order_id = ${orderId})`)
  expect(jobs[0]!.n).toBe(1)
})

test('an order canceled by three users at once returns its stock once', async () => {
  const { settings, olga } = await createShop()
  const { variantId } = await createProduct({ stock: 3 })
  const shopper = await createGuest({ variantId, quantity: 3 })
  const placed = await placeOrder({ shopper, form: await filledForm(shopper, settings), settings, now })
  if (!placed.ok) throw new Error(placed.reason)
  const cancel = () => cancelOrder({ orderId: placed.orderId, version: 1, reason: '', by: olga })
  const results = await Promise.all([cancel(), cancel(), cancel()])
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  const [variant] = await db.select().from(variants).where(eq(variants.id, variantId))
  expect(variant!.stock).toBe(3)
})
