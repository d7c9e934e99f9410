import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addMembers } from '#app/domain/collections/collection-members.server.ts'
import { createCollection } from '#app/domain/collections/collection-editor.server.ts'
import { db } from '#db/client.ts'
import { collectionProducts, productImages, products, variants } from '#db/schema/index.ts'
import { createProduct, createShop, now } from '#tests/support/cast.ts'
import { createProductImage } from '#tests/support/images.ts'
import { duplicateProduct } from './duplicate-product.server.ts'

async function read(id: number) {
  const [product] = await db.select().from(products).where(eq(products.id, id))
  const images = await db
    .select()
    .from(productImages)
    .where(eq(productImages.productId, id))
    .orderBy(asc(productImages.position))
  const rows = await db
    .select()
    .from(variants)
    .where(eq(variants.productId, id))
    .orderBy(asc(variants.position))
  return { product: product!, images, variants: rows }
}

test('a copy is a draft with fields, options, images and collections, without stock, SKUs and barcodes', async () => {
  const { olga: by } = await createShop()
  const { productId, variantId } = await createProduct({
    ...{ title: 'Pot', optionValues: [], sku: 'P-1', barcode: '123', stock: 5, price: 1200, cost: 400 },
  })
  await createProductImage(productId, 1)
  const second = await createProductImage(productId, 2)
  await db.update(variants).set({ imageId: second }).where(eq(variants.id, variantId))
  await db
    .update(products)
    .set({ vendor: 'Hill', tags: ['a', 'b'], extra: { Material: 'Clay' }, seoTitle: 'A pot' })
    .where(eq(products.id, productId))
  const collection = await createCollection({
    ...{ title: 'Pots', handle: '', description: '', parentId: null, position: 0, now, by },
    ...{ kind: 'manual', match: 'all', rules: [], isShown: true, publishedAt: null },
    ...{ seoTitle: '', seoDescription: '' },
  })
  if (!collection.ok) throw new Error(collection.reason)
  await addMembers({ collectionId: collection.id, productIds: [productId], by })

  const copied = await duplicateProduct(productId, by)
  const [original, copy] = [await read(productId), await read(copied!.id)]
  expect(copy.product).toMatchObject({
    ...{ title: 'Copy of Pot', handle: 'copy-of-pot', status: 'draft', publishedAt: null, version: 1 },
    ...{ vendor: 'Hill', tags: ['a', 'b'], extra: { Material: 'Clay' }, seoTitle: 'A pot' },
    ...{ priceMin: 1200, priceMax: 1200 },
  })
  expect(copy.images.map(({ mediaHash, alt }) => [mediaHash, alt])).toEqual(
    original.images.map(({ mediaHash, alt }) => [mediaHash, alt]),
  )
  expect(copy.variants).toMatchObject([
    { sku: '', barcode: '', stock: 0, price: 1200, cost: 400, imageId: copy.images[1]!.id },
  ])
  expect(original.variants).toMatchObject([{ sku: 'P-1', stock: 5, imageId: second }])
  const members = await db
    .select({ id: collectionProducts.productId })
    .from(collectionProducts)
    .where(eq(collectionProducts.collectionId, collection.id))
    .orderBy(asc(collectionProducts.position))
  expect(members.map(({ id }) => id)).toEqual([productId, copied!.id])
})

test('copies made at once have handles of their own; a product that is gone is not copied', async () => {
  const { olga: by } = await createShop()
  const { productId } = await createProduct({ title: 'Vase' })
  const copies = await Promise.all(Array.from({ length: 5 }, () => duplicateProduct(productId, by)))
  const handles = await Promise.all(copies.map(async (copy) => (await read(copy!.id)).product.handle))
  expect(new Set(handles).size).toBe(5)
  await db.delete(products).where(eq(products.id, productId))
  expect(await duplicateProduct(productId, by)).toBeNull()
})
