import { asc, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { orderLines, products, variants } from '#db/schema/index.ts'
import { createOrder, createProduct, createProductWithOptions, anyUser } from '#tests/support/cast.ts'
import { createImage } from '#tests/support/images.ts'
import type { VariantFacts } from './product.schema.ts'
import { addProductImages } from './product-images.server.ts'
import { listImagesForStaff } from './product-editor.server.ts'
import { deleteVariant, updateVariant } from './variant-editor.server.ts'

const facts: VariantFacts & { confirmPrices: boolean; by: number } = {
  by: anyUser,
  confirmPrices: false,
  optionValues: ['S'],
  price: 999,
  compareAtPrice: null,
  cost: null,
  sku: '',
  barcode: '',
  weight: 0,
  weightUnit: 'kg',
  trackStock: true,
  allowBackorder: false,
  requiresShipping: true,
  taxable: true,
  imageId: null,
}

async function createShirt() {
  const { handle, variantIds } = await createProductWithOptions({
    title: 'Shirt',
    optionNames: ['Size'],
    versions: [{ values: ['S'] }, { values: ['M'] }],
  })
  const [product] = await db.select({ id: products.id }).from(products).where(eq(products.handle, handle))
  return { productId: product!.id, small: variantIds[0]!, medium: variantIds[1]! }
}

async function read(...ids: number[]) {
  return db.select().from(variants).where(inArray(variants.id, ids)).orderBy(asc(variants.id))
}

test('a variant’s fields are saved, with the weight in grams and the price in the range', async () => {
  const { productId, small } = await createShirt()
  const saved = await updateVariant({
    ...facts,
    ...{ price: 450, sku: 'S-1', weight: 1.5, weightUnit: 'lb', allowBackorder: true },
    productId,
    variantId: small,
    version: 1,
  })
  expect(saved).toEqual({ ok: true })
  const [variant] = await read(small)
  expect(variant).toMatchObject({ price: 450, sku: 'S-1', weightGrams: 680, weightUnit: 'lb', stock: 10 })
  const [product] = await db.select().from(products).where(eq(products.id, productId))
  expect(product).toMatchObject({ priceMin: 450, priceMax: 999, version: 2 })
})

test('a variant update with another variant’s values, an older version or invalid values is refused', async () => {
  const { productId, small } = await createShirt()
  const other = await createProduct()
  const save = (changes: Partial<Parameters<typeof updateVariant>[0]>) =>
    updateVariant({ ...facts, productId, variantId: small, version: 1, ...changes })
  expect(await save({ optionValues: ['M'] })).toEqual({ ok: false, reason: 'same-values' })
  expect(await save({ optionValues: ['S', 'Red'] })).toEqual({ ok: false, reason: 'values-missing' })
  expect(await save({ version: 2 })).toEqual({ ok: false, reason: 'stale' })
  expect(await save({ variantId: other.variantId })).toEqual({ ok: false, reason: 'not-found' })
  expect(await save({ productId: 999_999 })).toEqual({ ok: false, reason: 'not-found' })
})

test('taking the price of an active product’s variant away has to be confirmed', async () => {
  const { productId, small } = await createShirt()
  const save = (changes: Partial<typeof facts>) =>
    updateVariant({ ...facts, ...changes, productId, variantId: small, version: 1 })
  const issues = { missing: 1, free: 0 }
  expect(await save({ price: null })).toEqual({ ok: false, reason: 'price-issues', issues })
  expect(await read(small)).toMatchObject([{ price: 999 }])
  expect(await save({ price: null, confirmPrices: true })).toEqual({ ok: true })
})

test('a variant uses an image of its own product only', async () => {
  const { productId, small } = await createShirt()
  const other = await createProduct()
  await addProductImages({ productId, hashes: [await createImage()], by: anyUser })
  await addProductImages({ productId: other.productId, hashes: [await createImage()], by: anyUser })
  const [own] = await listImagesForStaff(productId)
  const [foreign] = await listImagesForStaff(other.productId)
  const show = (imageId: number, version: number) =>
    updateVariant({ ...facts, productId, variantId: small, version, imageId })
  await show(own!.id, 1)
  expect((await read(small))[0]!.imageId).toBe(own!.id)
  await show(foreign!.id, 2)
  expect((await read(small))[0]!.imageId).toBe(null)
})

test('a deleted variant stays in its orders, and the last one cannot be deleted', async () => {
  const { productId, small, medium } = await createShirt()
  const { orderId } = await createOrder({ variantId: medium })
  await db.update(variants).set({ price: 2000 }).where(eq(variants.id, medium))
  await db.update(products).set({ priceMax: 2000 }).where(eq(products.id, productId))
  const remove = (variantId: number) => deleteVariant({ productId, variantId, by: anyUser })
  expect(await remove(999_999)).toEqual({ ok: false, reason: 'not-found' })
  expect(await remove(medium)).toEqual({ ok: true })
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  expect(line).toMatchObject({ title: 'Shirt', variantTitle: 'M', variantId: null, productId })
  expect(await remove(small)).toEqual({ ok: false, reason: 'last-variant' })
  const [product] = await db.select().from(products).where(eq(products.id, productId))
  expect(product).toMatchObject({ priceMin: 999, priceMax: 999, version: 2 })
})

test('two concurrent deletes of the last two variants leave one', async () => {
  const { productId, small, medium } = await createShirt()
  const results = await Promise.all(
    [small, medium].map((variantId) => deleteVariant({ productId, variantId, by: anyUser })),
  )
  expect(results).toContainEqual({ ok: true })
  expect(results).toContainEqual({ ok: false, reason: 'last-variant' })
})
