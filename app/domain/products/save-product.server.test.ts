import { asc, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { products, stockLedger, variants } from '#db/schema/index.ts'
import { now, createShop, anyUser } from '#tests/support/cast.ts'
import type { NewProduct } from './product.schema.ts'
import { createProduct, updateProduct } from './save-product.server.ts'

/** The input of the new product form when only a title was typed. */
const typed: NewProduct = {
  title: 'Linen shirt',
  handle: '',
  description: '',
  vendor: '',
  type: '',
  tags: [],
  category: '',
  status: 'active',
  isShown: true,
  publishedAt: null,
  seoTitle: '',
  seoDescription: '',
  options: [],
  price: null,
  compareAtPrice: null,
  cost: null,
  sku: '',
  barcode: '',
  trackStock: true,
  stock: 0,
}

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

const save = (id: number, changes: Partial<NewProduct> & { version: number }) =>
  updateProduct({ ...typed, ...changes, id, now, by: anyUser })

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
  expect(await save(id, { version: 1, title: 'Linen shirt, washed' })).toEqual({ ok: true, version: 2 })
  expect(await save(id, { version: 1, title: 'Shirt' })).toEqual({ ok: false, reason: 'stale' })
  expect(await read(id)).toMatchObject({ title: 'Linen shirt, washed', version: 2 })
  expect(await save(999_999, { version: 1 })).toEqual({ ok: false, reason: 'not-found' })
})

test('of two concurrent saves, one is refused', async () => {
  const id = await make()
  const results = await Promise.all(['A', 'B', 'C'].map((title) => save(id, { version: 1, title })))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
})

test('an emptied handle is generated again from the title and may stay the same', async () => {
  const id = await make({ title: 'Stool' })
  await save(id, { version: 1, title: 'Stool' })
  expect((await read(id)).handle).toBe('stool')
  await save(id, { version: 2, title: 'Step stool' })
  expect((await read(id)).handle).toBe('step-stool')
  await make({ handle: 'taken-by-another' })
  expect(await save(id, { version: 3, handle: 'taken-by-another' })).toEqual({
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
