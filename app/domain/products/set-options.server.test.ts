import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { products, stockLedger, variants } from '#db/schema/index.ts'
import { createProduct, createProductWithOptions, anyUser } from '#tests/support/cast.ts'
import { lockProduct, touchProduct } from './edit-product.server.ts'
import { refusable } from './refusal.server.ts'
import { countGaps, setOptions } from './set-options.server.ts'

type Change = Partial<Parameters<typeof setOptions>[1]> & { version?: number }

/** A shirt in S and M, in two colors, each with its own stock and price. */
async function createShirt() {
  const { handle, variantIds } = await createProductWithOptions({
    title: 'Shirt',
    optionNames: ['Size', 'Color'],
    versions: [
      { values: ['S', 'Chalk'], price: 1000, stock: 1 },
      { values: ['S', 'Moss'], price: 1100, stock: 2 },
      { values: ['M', 'Chalk'], price: 1200, stock: 3 },
      { values: ['M', 'Moss'], price: 1300, stock: 4 },
    ],
  })
  const [product] = await db.select({ id: products.id }).from(products).where(eq(products.handle, handle))
  return { productId: product!.id, variantIds }
}

/** The step as a command of its own. */
const change = (productId: number, { version = 1, ...asked }: Change) =>
  refusable(anyUser, {}, async (tx) => {
    const product = await lockProduct(tx, { id: productId, version })
    const change = await setOptions(tx, { options: [], fillGaps: false, removals: 0, ...asked, product })
    await touchProduct(tx, productId)
    return change
  })

const size = (...values: string[]) => ({ name: 'Size', values, was: 0 })
const color = (...values: string[]) => ({ name: 'Color', values, was: 1 })

async function matrix(productId: number) {
  const rows = await db
    .select()
    .from(variants)
    .where(eq(variants.productId, productId))
    .orderBy(asc(variants.position))
  return rows.map((row) => [row.optionValues.join(' '), row.id, row.price, row.stock])
}

test('a renamed value keeps its variants, with price and stock', async () => {
  const { productId, variantIds } = await createShirt()
  const [a, b, c, d] = variantIds
  const options = [size('Small', 'M'), { ...color('Chalk', 'Moss'), name: 'Shade' }]
  expect(await change(productId, { options })).toEqual({ ok: true, made: 0, kept: 4, removed: 0 })
  expect(await matrix(productId)).toEqual([
    ['Small Chalk', a, 1000, 1],
    ['Small Moss', b, 1100, 2],
    ['M Chalk', c, 1200, 3],
    ['M Moss', d, 1300, 4],
  ])
  const [product] = await db.select().from(products).where(eq(products.id, productId))
  expect(product).toMatchObject({ optionNames: ['Size', 'Shade'], version: 2 })
})

test('swapped options keep their variants', async () => {
  const { handle, variantIds } = await createProductWithOptions({
    title: 'Two-tone cup',
    optionNames: ['Inside', 'Outside'],
    versions: [
      { values: ['Red', 'Blue'], stock: 1 },
      { values: ['Blue', 'Red'], stock: 2 },
    ],
  })
  const [product] = await db.select({ id: products.id }).from(products).where(eq(products.handle, handle))
  const [redInside, blueInside] = variantIds
  const options = [
    { name: 'Outside', values: ['Red', 'Blue'], was: 1 },
    { name: 'Inside', values: ['Red', 'Blue'], was: 0 },
  ]
  expect(await change(product!.id, { options })).toMatchObject({ ok: true, kept: 2, removed: 0 })
  expect(await matrix(product!.id)).toEqual([
    ['Red Blue', blueInside, 999, 2],
    ['Blue Red', redInside, 999, 1],
  ])
})

test('reordered values only reorder the variants', async () => {
  const { productId, variantIds } = await createShirt()
  const [a, b, c, d] = variantIds
  await change(productId, { options: [size('M', 'S'), color('Moss', 'Chalk')] })
  expect((await matrix(productId)).map(([, id]) => id)).toEqual([d, c, b, a])
})

test('a new value gets the first variant’s price and stock 0', async () => {
  const { productId } = await createShirt()
  const options = [size('S', 'M', 'L'), color('Chalk', 'Moss')]
  expect(await change(productId, { options })).toEqual({ ok: true, made: 2, kept: 4, removed: 0 })
  const made = (await matrix(productId)).slice(4)
  expect(made.map(([values, , price, stock]) => [values, price, stock])).toEqual([
    ['L Chalk', 1000, 0],
    ['L Moss', 1000, 0],
  ])
})

test('removed variants are listed first, and removed only when exactly those are confirmed', async () => {
  const { productId } = await createShirt()
  const options = [size('S'), color('Chalk', 'Moss')]
  const refusal = {
    ok: false,
    reason: 'would-remove',
    variants: [
      { title: 'M / Chalk', stock: 3 },
      { title: 'M / Moss', stock: 4 },
    ],
  }
  expect(await change(productId, { options })).toEqual(refusal)
  expect(await change(productId, { options, removals: 1 })).toEqual(refusal)
  expect(await matrix(productId)).toHaveLength(4)
  expect(await change(productId, { options, removals: 2 })).toMatchObject({ ok: true, removed: 2 })
  expect((await matrix(productId)).map(([values]) => values)).toEqual(['S Chalk', 'S Moss'])
  const [product] = await db.select().from(products).where(eq(products.id, productId))
  expect(product).toMatchObject({ priceMin: 1000, priceMax: 1100 })
})

test('a product without options gets them, and its variant becomes the first', async () => {
  const { productId, variantId } = await createProduct({ stock: 5 })
  const options = [{ name: 'Size', values: ['S', 'M'] }]
  expect(await change(productId, { options })).toEqual({ ok: true, made: 1, kept: 1, removed: 0 })
  expect((await matrix(productId))[0]).toEqual(['S', variantId, 999, 5])
  const ledger = await db.select().from(stockLedger).where(eq(stockLedger.variantId, variantId))
  expect(ledger).toHaveLength(1)
})

test('all options can be removed again, and the first variant stays', async () => {
  const { productId, variantIds } = await createShirt()
  expect(await change(productId, { options: [], removals: 3 })).toMatchObject({ ok: true, removed: 3 })
  expect(await matrix(productId)).toEqual([['', variantIds[0], 1000, 1]])
})

test('a gap stays until filling it is requested', async () => {
  const { productId, variantIds } = await createShirt()
  await db.delete(variants).where(eq(variants.id, variantIds[3]!))
  await db.update(products).set({ priceMax: 1200 }).where(eq(products.id, productId))
  const options = [size('S', 'M'), color('Chalk', 'Moss')]
  expect(await countGaps(productId)).toBe(1)
  expect(await change(productId, { options })).toMatchObject({ made: 0 })
  expect(await change(productId, { options, version: 2, fillGaps: true })).toMatchObject({ made: 1 })
  expect(await countGaps(productId)).toBe(0)
})

test('2,048 variants are accepted and one row more is not', async () => {
  const { productId } = await createProduct({ stock: 0 })
  const list = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`)
  const options = (count: number) => [
    { name: 'A', values: list(32) },
    { name: 'B', values: list(count) },
  ]
  expect(await change(productId, { options: options(65) })).toEqual({
    ok: false,
    reason: 'too-many-variants',
  })
  expect(await change(productId, { options: options(64) })).toMatchObject({ ok: true, made: 2047 })
})

test('an older version is refused, and one of two concurrent changes is', async () => {
  const { productId } = await createShirt()
  const options = [size('S', 'M', 'L'), color('Chalk', 'Moss')]
  const results = await Promise.all([change(productId, { options }), change(productId, { options })])
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(results.find((result) => !result.ok)).toEqual({ ok: false, reason: 'stale' })
  expect(await matrix(productId)).toHaveLength(6)
  expect(await change(999_999, { options })).toEqual({ ok: false, reason: 'not-found' })
})
