import { asc, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { orderLines, products, stockLedger, variants } from '#db/schema/index.ts'
import {
  createOrder,
  createProduct,
  createProductWithOptions,
  createShop,
  anyUser,
} from '#tests/support/cast.ts'
import { createImage } from '#tests/support/images.ts'
import type { VariantFacts, VariantRow } from './product.schema.ts'
import { addProductImages } from './product-images.server.ts'
import { listImagesForStaff } from './product-editor.server.ts'
import { deleteVariant, updateVariant, updateVariantRows } from './variant-editor.server.ts'

const facts: VariantFacts & { by: number } = {
  by: anyUser,
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

const row = (id: number, changes: Partial<VariantRow> = {}): VariantRow => ({
  id,
  price: 999,
  compareAtPrice: null,
  sku: '',
  shown: 10,
  stock: 10,
  ...changes,
})

async function saveRows(productId: number, rows: VariantRow[], version = 1) {
  const { olga } = await createShop()
  return updateVariantRows({ productId, version, rows, by: olga })
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

test('a page of variants is saved at once, and stock changes by the difference', async () => {
  const { productId, small, medium } = await createShirt()
  await createOrder({ variantId: medium, quantity: 3 })
  const rows = [row(medium, { stock: 12, price: 1200 }), row(small, { sku: 'S-1', compareAtPrice: 1500 })]
  expect(await saveRows(productId, rows)).toEqual({ ok: true, moved: [{ variantId: medium, stock: 9 }] })
  expect(await read(small, medium)).toMatchObject([
    { sku: 'S-1', compareAtPrice: 1500, stock: 10 },
    { price: 1200, stock: 9 },
  ])
})

test('one row below zero saves none of them', async () => {
  const { productId, small, medium } = await createShirt()
  await createOrder({ variantId: medium, quantity: 8 })
  const rows = [row(small, { price: 1, stock: 50 }), row(medium, { stock: 5 })]
  expect(await saveRows(productId, rows)).toEqual({
    ok: false,
    reason: 'below-zero',
    variantId: medium,
    stock: 2,
  })
  expect(await read(small)).toMatchObject([{ price: 999, stock: 10 }])
  const corrections = await db.select().from(stockLedger).where(eq(stockLedger.variantId, small))
  expect(corrections).toHaveLength(1)
})

test('a page with a variant of another product, or of an older version, saves nothing', async () => {
  const { productId, small } = await createShirt()
  const other = await createProduct()
  const rows = [row(small, { price: 1 }), row(other.variantId, { price: 1 })]
  expect(await saveRows(productId, rows)).toEqual({ ok: false, reason: 'not-found' })
  expect(await saveRows(productId, [row(small, { price: 1 })], 7)).toEqual({
    ok: false,
    reason: 'stale',
  })
  expect(await read(small, other.variantId)).toMatchObject([{ price: 999 }, { price: 999 }])
})

test('a variant without tracked stock has no stock in its row', async () => {
  const { productId, small } = await createShirt()
  expect(await saveRows(productId, [row(small, { shown: undefined, stock: undefined })])).toMatchObject({
    ok: true,
  })
  expect((await read(small))[0]!.stock).toBe(10)
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
