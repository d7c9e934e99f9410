import { beforeEach, expect, test } from 'vitest'
import { eq, sql } from 'drizzle-orm'
import { refreshSearchWords } from '#app/domain/search/refresh-words.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { db } from '#db/client.ts'
import { boughtTogether, collectionProducts, collections, products } from '#db/schema/index.ts'
import { createGuest, createProduct, createShop, filledForm, now } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { refreshBoughtTogether } from './bought-together.server.ts'
import { listRelatedProducts } from './related-products.server.ts'

type Product = Awaited<ReturnType<typeof createProduct>>

let shop: Awaited<ReturnType<typeof createShop>>

beforeEach(async () => {
  shop = await createShop()
  await db.delete(products)
  await asSuperuser((psql) => psql`truncate search_words`)
})

async function order(...bought: Product[]): Promise<number> {
  const shopper = await createGuest(...bought)
  const placed = await placeOrder({ shopper, form: await filledForm(shopper, shop.settings), ...shop, now })
  if (!placed.ok) throw new Error(placed.reason)
  return placed.orderId
}

async function titles(of: Product): Promise<string[]> {
  const [product] = await db.select().from(products).where(eq(products.id, of.productId))
  return (await listRelatedProducts(product!, 4)).map(({ title }) => title)
}

test('products of the same orders come first, those of most orders before others', async () => {
  const [pot, soil, seeds, lamp] = [
    await createProduct({ title: 'Clay pot' }),
    await createProduct({ title: 'Soil' }),
    await createProduct({ title: 'Seeds' }),
    await createProduct({ title: 'Clay lamp' }),
  ]
  await order(pot, seeds)
  await order(pot, soil)
  await order(soil, pot)
  await order(lamp)
  expect(await refreshBoughtTogether(now)).toBe(4)
  expect(await titles(pot)).toEqual(['Soil', 'Seeds'])
  await refreshSearchWords()
  expect(await titles(pot)).toEqual(['Soil', 'Seeds', 'Clay lamp'])
  expect(await titles(seeds)).toEqual(['Clay pot'])
})

test('canceled and old orders do not count, and a second run changes nothing', async () => {
  const [pot, soil] = [await createProduct({ title: 'Pot' }), await createProduct({ title: 'Soil' })]
  const orderId = await order(pot, soil)
  const nextYear = new Date(now.getTime() + 365 * 24 * 60 * 60 * 1000)
  expect(await refreshBoughtTogether(now)).toBe(2)
  expect(await refreshBoughtTogether(now)).toBe(2)
  expect(await db.$count(boughtTogether)).toBe(2)
  expect(await refreshBoughtTogether(nextYear)).toBe(0)
  expect(await db.$count(boughtTogether)).toBe(0)
  await refreshBoughtTogether(now)
  const [made] = await db.execute<{ version: number }>(sql`select version from orders where id = ${orderId}`)
  await cancelOrder({ orderId, version: made!.version, by: shop.olga, reason: '' })
  expect(await refreshBoughtTogether(now)).toBe(0)
})

test('then products of its collections, then of its type, tags and title words', async () => {
  const pot = await createProduct({ title: 'Clay pot' })
  const shelf = await createProduct({ title: 'Shelf' })
  const bowl = await createProduct({ title: 'Bowl' })
  const saucer = await createProduct({ title: 'Clay saucer' })
  const rake = await createProduct({ title: 'Rake' })
  await createProduct({ title: 'Unrelated' })
  const [garden] = await db
    .insert(collections)
    .values({ handle: 'garden', title: 'Garden', publishedAt: now })
    .returning()
  await db
    .insert(collectionProducts)
    .values(
      [pot, shelf].map(({ productId }, position) => ({ collectionId: garden!.id, productId, position })),
    )
  await db.update(products).set({ type: 'Pottery' }).where(eq(products.id, bowl.productId))
  await db
    .update(products)
    .set({ type: 'Pottery', tags: ['outdoor'] })
    .where(eq(products.id, pot.productId))
  await db
    .update(products)
    .set({ tags: ['outdoor'] })
    .where(eq(products.id, rake.productId))
  await refreshSearchWords()
  const [first, ...rest] = await titles(pot)
  expect(first).toBe('Shelf')
  expect(rest.sort()).toEqual(['Bowl', 'Clay saucer', 'Rake'])
  expect(await titles(saucer)).toEqual(['Clay pot'])
})

test('products that shoppers cannot see are left out, sold out ones come last of their kind', async () => {
  const pot = await createProduct({ title: 'Clay pot' })
  const hidden = await createProduct({ title: 'Clay jar' })
  await createProduct({ title: 'Clay vase', stock: 0 })
  await createProduct({ title: 'Clay lamp' })
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, hidden.productId))
  await refreshSearchWords()
  expect(await titles(pot)).toEqual(['Clay lamp', 'Clay vase'])
  expect(await titles(await createProduct({ title: 'Zzz' }))).toEqual([])
})
