import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { db } from '#db/client.ts'
import { stockLedger, variants } from '#db/schema/index.ts'
import { adaOrders, aGuest, aProduct, filledForm, now, olgaOpensHerShop } from '#tests/support/cast.ts'
import { correctStock, listStockLedger, type StockChange } from './stock-correction.server.ts'

type Pot = { productId: number; variantId: number }

const correct = ({ productId, variantId }: Pot, change: Partial<StockChange>, by: number) =>
  correctStock({ productId, variantId, shown: 0, stock: 0, reason: 'correction', note: '', by, ...change })

async function stockOf(variantId: number) {
  const [row] = await db.select({ stock: variants.stock }).from(variants).where(eq(variants.id, variantId))
  return row!.stock
}

test('what was sold between showing and saving stays sold', async () => {
  const pot = await aProduct({ stock: 10 })
  const { olga } = await adaOrders({ ...pot, quantity: 1 })
  expect(await correct(pot, { shown: 10, stock: 12 }, olga)).toEqual({
    ok: true,
    stock: 11,
    delta: 2,
    soldMeanwhile: 1,
  })
  expect(await stockOf(pot.variantId)).toBe(11)
})

test('a correction that would go below zero is refused and says what is there', async () => {
  const pot = await aProduct({ stock: 3 })
  const { olga } = await adaOrders({ ...pot, quantity: 2 })
  expect(await correct(pot, { shown: 3, stock: 1 }, olga)).toEqual({
    ok: false,
    reason: 'below-zero',
    stock: 1,
  })
  expect(await stockOf(pot.variantId)).toBe(1)
})

test('a variant that goes on selling may be corrected to below zero', async () => {
  const { olga } = await olgaOpensHerShop()
  const pot = await aProduct({ stock: 1, sellWhenOut: true })
  expect(await correct(pot, { shown: 1, stock: -2 }, olga)).toMatchObject({ ok: true, stock: -2 })
})

test('what is below zero can be counted up although it stays below', async () => {
  const { olga } = await olgaOpensHerShop()
  const pot = await aProduct({ stock: -5, sellWhenOut: true })
  await db.update(variants).set({ sellWhenOut: false }).where(eq(variants.id, pot.variantId))
  expect(await correct(pot, { shown: -5, stock: -3 }, olga)).toMatchObject({ ok: true, stock: -3 })
})

test('the same number changes nothing and leaves no row, but tells what was sold', async () => {
  const pot = await aProduct({ stock: 4 })
  const { olga } = await adaOrders({ ...pot, quantity: 1 })
  expect(await correct(pot, { shown: 4, stock: 4 }, olga)).toEqual({
    ok: true,
    stock: 3,
    delta: 0,
    soldMeanwhile: 1,
  })
  const rows = await db.select().from(stockLedger).where(eq(stockLedger.variantId, pot.variantId))
  expect(rows.map((row) => row.reason)).toEqual(['initial', 'sale'])
})

test('a variant of another product, or one that is gone, is not touched', async () => {
  const { olga } = await olgaOpensHerShop()
  const [pot, vase] = [await aProduct({ stock: 4 }), await aProduct({ stock: 4 })]
  const mixed = { productId: vase.productId, variantId: pot.variantId }
  expect(await correct(mixed, { shown: 4, stock: 9 }, olga)).toMatchObject({ ok: false, reason: 'gone' })
  expect(await correct(mixed, { shown: 4, stock: 4 }, olga)).toMatchObject({ ok: false, reason: 'gone' })
  expect(await stockOf(pot.variantId)).toBe(4)
})

test('the history tells who, why and for which order, newest first and page by page', async () => {
  const pot = await aProduct({ stock: 4 })
  const { olga } = await adaOrders({ ...pot, quantity: 1 })
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

test('20 corrections and sales at once all count, and the ledger adds up to the stock', async () => {
  const { settings, olga } = await olgaOpensHerShop()
  const pot = await aProduct({ stock: 30 })
  const buyers = await Promise.all(
    Array.from({ length: 10 }, () => aGuest({ variantId: pot.variantId, quantity: 2 })),
  )
  const forms = await Promise.all(buyers.map((buyer) => filledForm(buyer, settings)))

  const [sales, corrections] = await Promise.all([
    Promise.all(buyers.map((shopper, index) => placeOrder({ shopper, form: forms[index]!, settings, now }))),
    // Everybody saw 30 and counts one more, or one less.
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

test('sales and corrections fight for the last ones, and nobody gets below zero', async () => {
  const { settings, olga } = await olgaOpensHerShop()
  const pot = await aProduct({ stock: 6 })
  const buyers = await Promise.all(Array.from({ length: 10 }, () => aGuest(pot)))
  const forms = await Promise.all(buyers.map((buyer) => filledForm(buyer, settings)))
  const results = await Promise.all([
    ...buyers.map((shopper, index) => placeOrder({ shopper, form: forms[index]!, settings, now })),
    ...Array.from({ length: 10 }, () => correct(pot, { shown: 6, stock: 5 }, olga)),
  ])
  expect(results.filter((result) => result.ok)).toHaveLength(6)
  expect(await stockOf(pot.variantId)).toBe(0)
})
