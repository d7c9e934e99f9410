import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { db } from '#db/client.ts'
import { products, relatedProducts } from '#db/schema/index.ts'
import { createGuest, createProduct, createShop, filledForm, now } from '#tests/support/cast.ts'
import { refreshBoughtTogether } from './bought-together.server.ts'
import { maxPicked } from './related-products.ts'
import {
  findProductsToPick,
  listPickedIds,
  listPickedProducts,
  movePickedProduct,
  pickProducts,
  removePickedProduct,
} from './picked-products.server.ts'
import { listRelatedProducts } from './related-products.server.ts'

let shop: Awaited<ReturnType<typeof createShop>>
let pot: Awaited<ReturnType<typeof createProduct>>

beforeEach(async () => {
  shop = await createShop()
  await db.delete(products)
  pot = await createProduct({ title: 'Pot' })
})

const create = async (title: string, stock = 5) => (await createProduct({ title, stock })).productId

const pick = (...relatedIds: number[]) =>
  pickProducts({ productId: pot.productId, relatedIds, by: shop.olga })

async function shownTitles(): Promise<string[]> {
  const [product] = await db.select().from(products).where(eq(products.id, pot.productId))
  return (await listRelatedProducts(product!, 4)).map(({ title }) => title)
}

async function buyWithPot(title: string): Promise<number> {
  const other = await createProduct({ title })
  const shopper = await createGuest(pot, other)
  const placed = await placeOrder({ shopper, form: await filledForm(shopper, shop.settings), ...shop, now })
  if (!placed.ok) throw new Error(placed.reason)
  await refreshBoughtTogether(now)
  return other.productId
}

test('chosen products come first in their order, then what was shown before, each once', async () => {
  const soil = await buyWithPot('Soil')
  await buyWithPot('Seeds')
  const [rake, spade] = [await create('Rake', 0), await create('Spade')]
  expect(await pick(rake, spade)).toEqual({ ok: true, added: 2 })
  expect(await shownTitles()).toEqual(['Rake', 'Spade', 'Soil', 'Seeds'])
  await pick(soil)
  expect(await shownTitles()).toEqual(['Rake', 'Spade', 'Soil', 'Seeds'])
  const move = { productId: pot.productId, relatedId: soil, position: 1, by: shop.olga }
  expect(await movePickedProduct(move)).toBe(true)
  expect(await shownTitles()).toEqual(['Soil', 'Rake', 'Spade', 'Seeds'])
  await removePickedProduct({ productId: pot.productId, relatedId: rake, by: shop.olga })
  expect(await shownTitles()).toEqual(['Soil', 'Spade', 'Seeds'])
})

test('products that shoppers cannot see are left out, and come back where they were', async () => {
  const [rake, spade, saw] = [await create('Rake'), await create('Spade'), await create('Saw')]
  await pick(rake, spade, saw)
  const set = (id: number, fields: Partial<typeof products.$inferInsert>) =>
    db.update(products).set(fields).where(eq(products.id, id))
  await set(rake, { status: 'draft' })
  await set(spade, { publishedAt: new Date(Date.now() + 3_600_000) })
  expect(await shownTitles()).toEqual(['Saw'])
  expect((await listPickedProducts(pot.productId)).map(({ isPublished }) => isPublished)).toEqual([
    ...[false, false, true],
  ])
  await set(rake, { status: 'active' })
  expect(await shownTitles()).toEqual(['Rake', 'Saw'])
  await db.delete(products).where(eq(products.id, rake))
  expect(await listPickedIds(pot.productId)).toEqual([spade, saw])
})

test('the product itself, unknown products and those that are chosen already are ignored', async () => {
  const [rake, spade] = [await create('Rake'), await create('Spade')]
  expect(await pick(pot.productId, rake, rake, 999_999_999)).toEqual({ ok: true, added: 1 })
  expect(await pick(rake, spade)).toEqual({ ok: true, added: 1 })
  expect(await listPickedIds(pot.productId)).toEqual([rake, spade])
  const toPick = await findProductsToPick(pot.productId, '', 1)
  expect(toPick.products.map(({ title }) => title)).not.toContain('Pot')
  expect(toPick.total).toBe(0)
  expect(await pickProducts({ productId: 999_999_999, relatedIds: [rake], by: shop.olga })).toEqual({
    ok: false,
    reason: 'not-found',
  })
  await expect(
    db.insert(relatedProducts).values({ productId: rake, relatedId: rake, position: 1 }),
  ).rejects.toThrow()
})

test('a product has at most twelve; more at once adds none', async () => {
  const ids: number[] = []
  for (let index = 0; index <= maxPicked; index += 1) ids.push(await create(`Tool ${index}`))
  expect(await pick(...ids)).toEqual({ ok: false, reason: 'too-many' })
  expect(await listPickedIds(pot.productId)).toEqual([])
  expect(await pick(...ids.slice(1))).toEqual({ ok: true, added: maxPicked })
  expect(await pick(ids[0]!)).toEqual({ ok: false, reason: 'too-many' })
  const move = { productId: pot.productId, relatedId: ids[0]!, position: 1, by: shop.olga }
  expect(await movePickedProduct(move)).toBe(false)
})

test('staff who add the same products at once add each once, in an order without ties', async () => {
  const [rake, spade, saw] = [await create('Rake'), await create('Spade'), await create('Saw')]
  const results = await Promise.all([pick(rake, spade), pick(spade, saw), pick(saw, rake)])
  expect(results.map((one) => one.ok && one.added).sort()).toEqual([0, 1, 2])
  const rows = await db.execute<{ position: number }>(
    sql`select position from related_products where product_id = ${pot.productId} order by 1`,
  )
  expect(rows.map(({ position }) => position)).toEqual([1, 2, 3])
})
