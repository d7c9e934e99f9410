import { asc, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { collections, productImages, products, stockLedger, variants } from '#db/schema/index.ts'
import { addMembers } from '#app/domain/collections/collection-members.server.ts'
import type { NewProduct, ProductEdit } from '#app/domain/products/product.schema.ts'
import {
  anyUser,
  createOrder,
  createProduct as createSimpleProduct,
  createProductWithOptions,
  createShop,
  now,
} from '#tests/support/cast.ts'
import { createImage } from '#tests/support/images.ts'
import { newProduct as typed, openProductForm } from '#tests/support/product-form.ts'
import { createProduct, saveProduct } from './save-product.server.ts'

async function make(changes: Partial<NewProduct> = {}) {
  const { olga } = await createShop()
  const result = await createProduct({ ...typed, ...changes, now, by: olga })
  if (!result.ok) throw new Error(result.reason)
  return result.id
}

async function read(id: number) {
  const [product] = await db.select().from(products).where(eq(products.id, id))
  const matrix = await db
    .select()
    .from(variants)
    .where(eq(variants.productId, id))
    .orderBy(asc(variants.position))
  return { ...product!, variants: matrix }
}

async function createCollection(kind: 'manual' | 'rule' = 'manual') {
  const title = `Collection ${crypto.randomUUID()}`
  const [made] = await db
    .insert(collections)
    .values({ title, handle: title.replace(' ', '-'), kind })
    .returning({ id: collections.id })
  return made!.id
}

async function save(id: number, changes: Partial<ProductEdit> = {}) {
  return saveProduct({ ...(await openProductForm(id)), ...changes })
}

test('the handle is generated from the title, and the next product with that title gets the next one', async () => {
  const first = await read(await make({ title: 'Café crème, 250 g' }))
  const second = await read(await make({ title: 'Café crème, 250 g' }))
  expect([first.handle, second.handle]).toEqual(['cafe-creme-250-g', 'cafe-creme-250-g-2'])
})

test('a title without letters still gets a handle', async () => {
  expect((await read(await make({ title: '★' }))).handle).toBe('product')
})

test('a handle of another product is refused, and nothing is created', async () => {
  await make({ handle: 'the-one' })
  const before = await db.$count(products)
  const { olga } = await createShop()
  const again = await createProduct({ ...typed, handle: 'the-one', now, by: olga })
  expect(again).toEqual({ ok: false, reason: 'handle-taken' })
  expect(await db.$count(products)).toBe(before)
})

test('two users who create the same title at once both get a product', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => make({ title: 'Twin' })))
  const rows = await db.select({ handle: products.handle }).from(products).where(inArray(products.id, ids))
  expect(rows.map((row) => row.handle).sort()).toEqual(['twin', 'twin-2', 'twin-3', 'twin-4', 'twin-5'])
})

test('scripts and styles are removed from the description, text and structure stay', async () => {
  const description =
    '<h1>Care</h1><p onclick="x()">Wash <b>cold</b><script>alert(1)</script></p><a href="javascript:x()">no</a>'
  const { description: kept } = await read(await make({ description }))
  expect(kept).toBe('<h2>Care</h2><p>Wash <b>cold</b></p><a>no</a>')
})

test('each combination of options becomes a variant, in order, with the typed price and stock', async () => {
  const options = [
    { name: 'Size', values: ['S', 'M'], was: null },
    { name: 'Color', values: ['Chalk', 'Moss'], was: null },
  ]
  const product = await read(
    await make({ options, price: 4900, compareAtPrice: 5900, cost: 2000, stock: 7, sku: 'ONE' }),
  )
  expect(product).toMatchObject({ optionNames: ['Size', 'Color'], priceMin: 4900, priceMax: 4900 })
  expect(product.variants.map((variant) => variant.optionValues)).toEqual([
    ['S', 'Chalk'],
    ['S', 'Moss'],
    ['M', 'Chalk'],
    ['M', 'Moss'],
  ])
  const same = { price: 4900, compareAtPrice: 5900, cost: 2000, stock: 7, sku: '' }
  expect(product.variants).toMatchObject([same, same, same, same])
})

test('initial stock is in the ledger under the name of the product’s creator', async () => {
  const { olga } = await createShop()
  const [variant] = (await read(await make({ stock: 12, sku: 'SHIRT', barcode: '4006381333931' }))).variants
  expect(variant).toMatchObject({ stock: 12, sku: 'SHIRT', barcode: '4006381333931' })
  const ledger = await db.select().from(stockLedger).where(eq(stockLedger.variantId, variant!.id))
  expect(ledger).toMatchObject([{ delta: 12, balance: 12, reason: 'initial', byUserId: olga }])
})

test('options that form no matrix are refused', async () => {
  const { olga } = await createShop()
  const reasonFor = async (...options: { name: string; values: string[] }[]) => {
    const result = await createProduct({
      ...typed,
      options: options.map((option) => ({ ...option, was: null })),
      now,
      by: olga,
    })
    return result.ok ? null : result.reason
  }
  const many = Array.from({ length: 46 }, (_, index) => String(index))
  expect(await reasonFor({ name: 'Size', values: [] })).toBe('no-values')
  expect(await reasonFor({ name: '', values: ['S'] })).toBe('no-name')
  expect(await reasonFor({ name: 'Size', values: ['S', 'S'] })).toBe('same-value-twice')
  expect(await reasonFor({ name: 'Size', values: ['S'] }, { name: 'size', values: ['M'] })).toBe(
    'same-name-twice',
  )
  expect(await reasonFor({ name: 'A', values: many }, { name: 'B', values: many })).toBe('too-many-variants')
})

test('saving an older version is refused, and the other change stays', async () => {
  const id = await make()
  const form = await openProductForm(id)
  expect(await saveProduct({ ...form, title: 'Linen shirt, washed' })).toMatchObject({ ok: true, version: 2 })
  expect(await save(id, { version: 1, title: 'Shirt' })).toEqual({ ok: false, reason: 'stale' })
  expect(await read(id)).toMatchObject({ title: 'Linen shirt, washed', version: 2 })
  expect(await saveProduct({ ...form, id: 999_999 })).toEqual({ ok: false, reason: 'not-found' })
})

test('of two concurrent saves, one is refused', async () => {
  const id = await make()
  const form = await openProductForm(id)
  const results = await Promise.all(['A', 'B', 'C'].map((title) => saveProduct({ ...form, title })))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
})

test('an emptied handle is generated again from the title and may stay the same', async () => {
  const id = await make({ title: 'Stool' })
  await save(id, { handle: '', title: 'Stool' })
  expect((await read(id)).handle).toBe('stool')
  await save(id, { handle: '', title: 'Step stool' })
  expect((await read(id)).handle).toBe('step-stool')
  await make({ handle: 'taken-by-another' })
  expect(await save(id, { handle: 'taken-by-another' })).toEqual({
    ok: false,
    reason: 'handle-taken',
  })
})

test('a published product keeps its date or is published now; a hidden one has none', async () => {
  const later = new Date('2027-01-01T08:00:00Z')
  expect((await read(await make())).publishedAt).toEqual(now)
  expect((await read(await make({ publishedAt: later }))).publishedAt).toEqual(later)
  expect((await read(await make({ publishedAt: later, isShown: false }))).publishedAt).toBe(null)
})

test('the publish button makes a product active and visible at once', async () => {
  const id = await make({ status: 'draft', isShown: false })
  await save(id, { publish: true })
  expect(await read(id)).toMatchObject({ status: 'active', publishedAt: now })
})

test('images are added in order with the other fields, and an unknown one saves nothing', async () => {
  const [one, two] = [await createImage(), await createImage()]
  const id = await make({ images: [one] })
  await save(id, { images: [two], title: 'Shirt' })
  const images = await db.select().from(productImages).where(eq(productImages.productId, id))
  expect(images.map(({ mediaHash, position }) => [mediaHash, position])).toEqual([
    [one, 1],
    [two, 2],
  ])
  const missing = await save(id, { images: ['0'.repeat(64)], title: 'Blouse' })
  expect(missing).toEqual({ ok: false, reason: 'image-unknown' })
  expect((await read(id)).title).toBe('Shirt')
})

async function createShirt() {
  const { handle, variantIds } = await createProductWithOptions({
    title: 'Shirt',
    optionNames: ['Size'],
    versions: [{ values: ['S'] }, { values: ['M'] }],
  })
  const [product] = await db.select({ id: products.id }).from(products).where(eq(products.handle, handle))
  return { id: product!.id, small: variantIds[0]!, medium: variantIds[1]! }
}

test('the rows of variants are saved at once, and stock changes by the difference', async () => {
  const { id, small, medium } = await createShirt()
  const form = await openProductForm(id)
  await createOrder({ variantId: medium, quantity: 3 })
  const [first, second] = form.rows
  const rows = [
    { ...second!, stock: 12, price: 1200 },
    { ...first!, sku: 'S-1', compareAtPrice: 1500 },
  ]
  const saved = await saveProduct({ ...form, rows })
  expect(saved).toMatchObject({ ok: true, moved: [{ variantId: medium, stock: 9 }] })
  expect((await read(id)).variants).toMatchObject([
    { id: small, sku: 'S-1', compareAtPrice: 1500, stock: 10 },
    { id: medium, price: 1200, stock: 9 },
  ])
  const ledger = await db.select().from(stockLedger).where(eq(stockLedger.variantId, medium))
  expect(ledger.map(({ reason, delta }) => [reason, delta])).toEqual([
    ['initial', 10],
    ['sale', -3],
    ['correction', 2],
  ])
})

test('one row below zero saves nothing of the page', async () => {
  const { id, medium } = await createShirt()
  const form = await openProductForm(id)
  await createOrder({ variantId: medium, quantity: 8 })
  const rows = form.rows.map((row, index) => ({ ...row, price: 1, stock: index === 0 ? 50 : 5 }))
  const refused = await saveProduct({ ...form, rows, title: 'Blouse' })
  expect(refused).toEqual({ ok: false, reason: 'below-zero', variantId: medium, stock: 2 })
  expect(await read(id)).toMatchObject({
    title: 'Shirt',
    version: 1,
    variants: [{ price: 999, stock: 10 }, {}],
  })
})

test('a row of another product, or of a deleted variant, saves nothing', async () => {
  const { id } = await createShirt()
  const other = await createSimpleProduct()
  const rows = [{ id: other.variantId, price: 1, compareAtPrice: null, sku: '' }]
  expect(await save(id, { rows, title: 'Blouse' })).toEqual({ ok: false, reason: 'variant-deleted' })
  expect((await read(other.productId)).variants).toMatchObject([{ price: 999 }])
  expect((await read(id)).title).toBe('Shirt')
})

test('a product without options has its price, codes and stock in its own fields', async () => {
  const { productId, variantId } = await createSimpleProduct({ stock: 5 })
  const form = await openProductForm(productId)
  await createOrder({ variantId, quantity: 1 })
  const saved = await saveProduct({ ...form, price: 1450, sku: 'POT', barcode: '40', weight: 2, stock: 8 })
  expect(saved).toMatchObject({ ok: true, moved: [{ variantId, stock: 7 }] })
  const product = await read(productId)
  expect(product).toMatchObject({ priceMin: 1450, priceMax: 1450 })
  expect(product.variants).toMatchObject([
    { price: 1450, sku: 'POT', barcode: '40', weightGrams: 2000, stock: 7 },
  ])
})

test('an emptied stock field leaves the stock unchanged', async () => {
  const { productId } = await createSimpleProduct({ stock: 5 })
  expect(await save(productId, { stock: undefined })).toMatchObject({ ok: true, moved: [] })
  expect((await read(productId)).variants).toMatchObject([{ stock: 5 }])
})

test('options, prices and stock of the same form are saved together', async () => {
  const { productId } = await createSimpleProduct({ stock: 5 })
  const options = [{ name: 'Size', values: ['S', 'M'], was: null }]
  expect(await save(productId, { price: 1450, stock: 7, options })).toMatchObject({
    ok: true,
    options: { made: 1, kept: 1, removed: 0 },
  })
  expect(await read(productId)).toMatchObject({
    optionNames: ['Size'],
    variants: [
      { optionValues: ['S'], price: 1450, stock: 7 },
      { optionValues: ['M'], price: 1450, stock: 0 },
    ],
  })
})

test('values with a comma survive a save that does not change the options', async () => {
  const { handle } = await createProductWithOptions({
    title: 'Rope',
    optionNames: ['Length'],
    versions: [{ values: ['1,5 m'] }, { values: ['3 m'] }],
  })
  const [product] = await db.select({ id: products.id }).from(products).where(eq(products.handle, handle))
  const options = [{ name: 'Length', values: ['1', '5 m', '3 m'], was: 0 }]
  expect(await save(product!.id, { options })).toMatchObject({ ok: true, options: { made: 0, removed: 0 } })
  expect((await read(product!.id)).variants.map(({ optionValues }) => optionValues)).toEqual([
    ['1,5 m'],
    ['3 m'],
  ])
})

test('a product that shoppers would get for free or without a price is not published unconfirmed', async () => {
  const { olga } = await createShop()
  const before = await db.$count(products)
  const create = (changes: Partial<NewProduct>) => createProduct({ ...typed, ...changes, now, by: olga })
  const free = { ok: false, reason: 'price-issues', issues: { missing: 0, free: 1 } }
  expect(await create({ price: 0 })).toEqual(free)
  expect(await create({ price: 0, status: 'draft', publish: true })).toEqual(free)
  expect(await create({ price: null })).toMatchObject({ reason: 'price-issues' })
  expect(await db.$count(products)).toBe(before)
  expect(await create({ price: 0, confirmPrices: true })).toMatchObject({ ok: true })
  expect(await create({ price: null, status: 'draft' })).toMatchObject({ ok: true })
})

test('an active product needs a confirmation only for prices that become missing or zero', async () => {
  const { id, small } = await createShirt()
  const free = (await openProductForm(id)).rows.map((row) => (row.id === small ? { ...row, price: 0 } : row))
  expect(await save(id, { rows: free })).toMatchObject({ reason: 'price-issues', issues: { free: 1 } })
  expect(await read(id)).toMatchObject({ version: 1, priceMin: 999 })
  expect(await save(id, { rows: free, confirmPrices: true })).toMatchObject({ ok: true })
  expect(await save(id, { title: 'Free shirt' })).toMatchObject({ ok: true })
})

test('a product joins and leaves manual collections, and other changes of them stay', async () => {
  const [joined, left, meanwhile, automatic] = [
    await createCollection(),
    await createCollection(),
    await createCollection(),
    await createCollection('rule'),
  ]
  const id = await make({ collectionIds: [left, automatic] })
  const form = await openProductForm(id)
  expect(form.collectionIds).toEqual([left])
  await addMembers({ collectionId: meanwhile, productIds: [id], by: anyUser })
  await saveProduct({ ...form, collectionIds: [joined] })
  expect((await openProductForm(id)).collectionIds.toSorted()).toEqual([joined, meanwhile].toSorted())
})
