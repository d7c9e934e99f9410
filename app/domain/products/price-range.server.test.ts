import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '#db/client.ts'
import { products, variants } from '#db/schema/index.ts'
import { createProduct, createProductWithOptions } from '#tests/support/cast.ts'
import { refreshPriceRange } from './price-range.server.ts'

const refresh = (...ids: number[]) => transaction((tx) => refreshPriceRange(tx, ids))

async function range(productId: number) {
  const [product] = await db
    .select({ min: products.priceMin, max: products.priceMax, row: sql<string>`xmin::text` })
    .from(products)
    .where(eq(products.id, productId))
  return product!
}

test('the range spans the variants that have a price', async () => {
  const { handle, variantIds } = await createProductWithOptions({
    title: 'Shirt',
    optionNames: ['Size'],
    versions: ['S', 'M', 'L'].map((value) => ({ values: [value] })),
  })
  const [product] = await db.select({ id: products.id }).from(products).where(eq(products.handle, handle))
  for (const [index, price] of [2500, 1500, null].entries())
    await db.update(variants).set({ price }).where(eq(variants.id, variantIds[index]!))
  await refresh(product!.id)
  expect(await range(product!.id)).toMatchObject({ min: 1500, max: 2500 })
})

test('without any price there is no range', async () => {
  const { productId } = await createProduct({ price: 999 })
  await db.update(variants).set({ price: null }).where(eq(variants.productId, productId))
  await refresh(productId)
  expect(await range(productId)).toMatchObject({ min: null, max: null })
})

test('a product with the right range, or one that was not named, is not written', async () => {
  const right = await createProduct({ price: 500 })
  const wrong = await createProduct({ price: 500 })
  const other = await createProduct({ price: 500 })
  await db.update(variants).set({ price: 700 }).where(eq(variants.id, wrong.variantId))
  const [rightBefore, otherBefore] = [await range(right.productId), await range(other.productId)]
  await refresh(right.productId, wrong.productId)
  await refresh()
  expect(await range(right.productId)).toEqual(rightBefore)
  expect(await range(other.productId)).toEqual(otherBefore)
  expect(await range(wrong.productId)).toMatchObject({ min: 700, max: 700 })
})
