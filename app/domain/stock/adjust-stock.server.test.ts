import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { db } from '#db/client.ts'
import { stockLedger, variants } from '#db/schema/index.ts'
import { createOrder, createGuest, createProduct, filledForm, now, createShop } from '#tests/support/cast.ts'
import { adjustStock, listStockLedger, type StockChange } from './adjust-stock.server.ts'

type Pot = { productId: number; variantId: number }

const correct = ({ productId, variantId }: Pot, change: Partial<StockChange>, by: number) =>
  adjustStock({ productId, variantId, shown: 0, stock: 0, reason: 'correction', note: '', by, ...change })

async function stockOf(variantId: number) {
  const [row] = await db.select({ stock: variants.stock }).from(variants).where(eq(variants.id, variantId))
  return row!.stock
}

test('sales between rendering and saving the form are kept', async () => {
  const pot = await createProduct({ stock: 10 })
  const { olga } = await createOrder({ ...pot, quantity: 1 })
  expect(await correct(pot, { shown: 10, stock: 12 }, olga)).toEqual({
    ok: true,
    stock: 11,
    delta: 2,
    soldSince: 1,
  })
  expect(await stockOf(pot.variantId)).toBe(11)
})

test('an adjustment that would go below zero is refused and returns the current stock', async () => {
  const pot = await createProduct({ stock: 3 })
  const { olga } = await createOrder({ ...pot, quantity: 2 })
  expect(await correct(pot, { shown: 3, stock: 1 }, olga)).toEqual({
    ok: false,
    reason: 'below-zero',
    stock: 1,
  })
  expect(await stockOf(pot.variantId)).toBe(1)
})

test('a variant that allows backorders may be adjusted to below zero', async () => {
  const { olga } = await createShop()
  const pot = await createProduct({ stock: 1, allowBackorder: true })
  expect(await correct(pot, { shown: 1, stock: -2 }, olga)).toMatchObject({ ok: true, stock: -2 })
})

test('negative stock can be increased although it stays below zero', async () => {
  const { olga } = await createShop()
  const pot = await createProduct({ stock: -5, allowBackorder: true })
  await db.update(variants).set({ allowBackorder: false }).where(eq(variants.id, pot.variantId))
  expect(await correct(pot, { shown: -5, stock: -3 }, olga)).toMatchObject({ ok: true, stock: -3 })
})

test('the same number changes nothing and adds no ledger row, but reports what was sold', async () => {
  const pot = await createProduct({ stock: 4 })
  const { olga } = await createOrder({ ...pot, quantity: 1 })
  expect(await correct(pot, { shown: 4, stock: 4 }, olga)).toEqual({
    ok: true,
    stock: 3,
    delta: 0,
    soldSince: 1,
  })
  const rows = await db.select().from(stockLedger).where(eq(stockLedger.variantId, pot.variantId))
  expect(rows.map((row) => row.reason)).toEqual(['initial', 'sale'])
})

test('a variant of another product, or a deleted one, is not changed', async () => {
  const { olga } = await createShop()
  const [pot, vase] = [await createProduct({ stock: 4 }), await createProduct({ stock: 4 })]
  const mixed = { productId: vase.productId, variantId: pot.variantId }
  expect(await correct(mixed, { shown: 4, stock: 9 }, olga)).toMatchObject({ ok: false, reason: 'not-found' })
  expect(await correct(mixed, { shown: 4, stock: 4 }, olga)).toMatchObject({ ok: false, reason: 'not-found' })
  expect(await stockOf(pot.variantId)).toBe(4)
})

test('the stock history shows actor, reason and order, newest first, in pages', async () => {
  const pot = await createProduct({ stock: 4 })
  const { olga } = await createOrder({ ...pot, quantity: 1 })
  await correct(pot, { shown: 3, stock: 8, reason: 'received', note: 'Crate 7' }, olga)
  const { variantId } = pot
  const page = await listStockLedger({ variantId, limit: 2 })
  expect(page).toMatchObject([
    { delta: 5, balance: 8, reason: 'received', note: 'Crate 7', by: 'Olga Hill', orderNumber: null },
    { delta: -1, balance: 3, reason: 'sale', orderNumber: expect.stringMatching(/^#\d{4}$/) },
  ])
  const rest = await listStockLedger({ variantId, limit: 2, before: page[1]!.id })
  expect(rest).toMatchObject([{ delta: 4, balance: 4, reason: 'initial' }])
})

test('20 concurrent adjustments and sales all count, and the ledger adds up to the stock', async () => {
  const { settings, olga } = await createShop()
  const pot = await createProduct({ stock: 30 })
  const buyers = await Promise.all(
    Array.from({ length: 10 }, () => createGuest({ variantId: pot.variantId, quantity: 2 })),
  )
  const forms = await Promise.all(buyers.map((buyer) => filledForm(buyer, settings)))

  const [sales, corrections] = await Promise.all([
    Promise.all(buyers.map((shopper, index) => placeOrder({ shopper, form: forms[index]!, settings, now }))),
    // All saw 30 and enter one more, or one less.
    Promise.all(
      Array.from({ length: 10 }, (_, index) => correct(pot, { shown: 30, stock: index < 7 ? 31 : 29 }, olga)),
    ),
  ])

  expect(sales.every((sale) => sale.ok)).toBe(true)
  expect(corrections.every((correction) => correction.ok)).toBe(true)
  expect(await stockOf(pot.variantId)).toBe(30 - 20 + 7 - 3)
  const [ledger] = await db
    .select({ sum: sql<number>`sum(delta)::int`, rows: sql<number>`count(*)::int` })
    .from(stockLedger)
    .where(eq(stockLedger.variantId, pot.variantId))
  expect(ledger).toEqual({ sum: 14, rows: 21 })
})

test('concurrent sales and adjustments of the last items never go below zero', async () => {
  const { settings, olga } = await createShop()
  const pot = await createProduct({ stock: 6 })
  const buyers = await Promise.all(Array.from({ length: 10 }, () => createGuest(pot)))
  const forms = await Promise.all(buyers.map((buyer) => filledForm(buyer, settings)))
  const results = await Promise.all([
    ...buyers.map((shopper, index) => placeOrder({ shopper, form: forms[index]!, settings, now })),
    ...Array.from({ length: 10 }, () => correct(pot, { shown: 6, stock: 5 }, olga)),
  ])
  expect(results.filter((result) => result.ok)).toHaveLength(6)
  expect(await stockOf(pot.variantId)).toBe(0)
})
