import { asc, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { orderLines, products, stockLedger, variants } from '#db/schema/index.ts'
import { adaOrders, aProduct, aProductInVersions, olgaOpensHerShop, somebody } from '#tests/support/cast.ts'
import { aPicture } from '#tests/support/pictures.ts'
import type { VariantFacts, VariantRow } from './product.schema.ts'
import { addProductImages } from './product-images.server.ts'
import { listImagesForStaff } from './product-editor.server.ts'
import { deleteVariant, updateVariant, updateVariantRows } from './variant-editor.server.ts'

const facts: VariantFacts & { by: number } = {
  by: somebody,
  optionValues: ['S'],
  price: 999,
  compareAtPrice: null,
  cost: null,
  sku: '',
  barcode: '',
  weight: 0,
  weightUnit: 'kg',
  trackStock: true,
  sellWhenOut: false,
  requiresShipping: true,
  taxable: true,
  imageId: null,
}

async function aShirt() {
  const { handle, variantIds } = await aProductInVersions({
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
  const { olga } = await olgaOpensHerShop()
  return updateVariantRows({ productId, version, rows, by: olga })
}

test('what is typed about a variant is kept, with the weight in grams and its price in the range', async () => {
  const { productId, small } = await aShirt()
  const saved = await updateVariant({
    ...facts,
    ...{ price: 450, sku: 'S-1', weight: 1.5, weightUnit: 'lb', sellWhenOut: true },
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

test('a variant is refused the values of another one, an older version, and values that do not fit', async () => {
  const { productId, small } = await aShirt()
  const other = await aProduct()
  const save = (changes: Partial<Parameters<typeof updateVariant>[0]>) =>
    updateVariant({ ...facts, productId, variantId: small, version: 1, ...changes })
  expect(await save({ optionValues: ['M'] })).toEqual({ ok: false, reason: 'same-values' })
  expect(await save({ optionValues: ['S', 'Red'] })).toEqual({ ok: false, reason: 'values-missing' })
  expect(await save({ version: 2 })).toEqual({ ok: false, reason: 'changed-meanwhile' })
  expect(await save({ variantId: other.variantId })).toEqual({ ok: false, reason: 'gone' })
  expect(await save({ productId: 999_999 })).toEqual({ ok: false, reason: 'gone' })
})

test('a variant shows a picture of its own product, never one of another', async () => {
  const { productId, small } = await aShirt()
  const other = await aProduct()
  await addProductImages({ productId, hashes: [await aPicture()], by: somebody })
  await addProductImages({ productId: other.productId, hashes: [await aPicture()], by: somebody })
  const [own] = await listImagesForStaff(productId)
  const [foreign] = await listImagesForStaff(other.productId)
  const show = (imageId: number, version: number) =>
    updateVariant({ ...facts, productId, variantId: small, version, imageId })
  await show(own!.id, 1)
  expect((await read(small))[0]!.imageId).toBe(own!.id)
  await show(foreign!.id, 2)
  expect((await read(small))[0]!.imageId).toBe(null)
})

test('a page of variants is saved at once, and stock moves by the difference', async () => {
  const { productId, small, medium } = await aShirt()
  await adaOrders({ variantId: medium, quantity: 3 })
  const rows = [row(medium, { stock: 12, price: 1200 }), row(small, { sku: 'S-1', compareAtPrice: 1500 })]
  expect(await saveRows(productId, rows)).toEqual({ ok: true, moved: [{ variantId: medium, stock: 9 }] })
  expect(await read(small, medium)).toMatchObject([
    { sku: 'S-1', compareAtPrice: 1500, stock: 10 },
    { price: 1200, stock: 9 },
  ])
})

test('one row below zero saves none of them', async () => {
  const { productId, small, medium } = await aShirt()
  await adaOrders({ variantId: medium, quantity: 8 })
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
  const { productId, small } = await aShirt()
  const other = await aProduct()
  const rows = [row(small, { price: 1 }), row(other.variantId, { price: 1 })]
  expect(await saveRows(productId, rows)).toEqual({ ok: false, reason: 'gone' })
  expect(await saveRows(productId, [row(small, { price: 1 })], 7)).toEqual({
    ok: false,
    reason: 'changed-meanwhile',
  })
  expect(await read(small, other.variantId)).toMatchObject([{ price: 999 }, { price: 999 }])
})

test('a variant whose stock is not counted has no stock in its row', async () => {
  const { productId, small } = await aShirt()
  expect(await saveRows(productId, [row(small, { shown: undefined, stock: undefined })])).toMatchObject({
    ok: true,
  })
  expect((await read(small))[0]!.stock).toBe(10)
})

test('a deleted variant stays in the orders that bought it, and the last one cannot go', async () => {
  const { productId, small, medium } = await aShirt()
  const { orderId } = await adaOrders({ variantId: medium })
  await db.update(variants).set({ price: 2000 }).where(eq(variants.id, medium))
  await db.update(products).set({ priceMax: 2000 }).where(eq(products.id, productId))
  const remove = (variantId: number) => deleteVariant({ productId, variantId, by: somebody })
  expect(await remove(999_999)).toEqual({ ok: false, reason: 'gone' })
  expect(await remove(medium)).toEqual({ ok: true })
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  expect(line).toMatchObject({ title: 'Shirt', variantTitle: 'M', variantId: null, productId })
  expect(await remove(small)).toEqual({ ok: false, reason: 'last-variant' })
  const [product] = await db.select().from(products).where(eq(products.id, productId))
  expect(product).toMatchObject({ priceMin: 999, priceMax: 999, version: 2 })
})

test('two people who delete the last two variants at once leave one', async () => {
  const { productId, small, medium } = await aShirt()
  const results = await Promise.all(
    [small, medium].map((variantId) => deleteVariant({ productId, variantId, by: somebody })),
  )
  expect(results).toContainEqual({ ok: true })
  expect(results).toContainEqual({ ok: false, reason: 'last-variant' })
})
