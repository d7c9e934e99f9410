import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { products, stockLedger, variants } from '#db/schema/index.ts'
import { aProduct, aProductInVersions, somebody } from '#tests/support/cast.ts'
import { countGaps, setOptions } from './set-options.server.ts'

type Change = Partial<Parameters<typeof setOptions>[0]>

/** A shirt in S and M, of two colours, with a stock and a price of its own each. */
async function aShirt() {
  const { handle, variantIds } = await aProductInVersions({
    title: 'Shirt',
    optionNames: ['Size', 'Colour'],
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

const change = (productId: number, asked: Change) =>
  setOptions({ productId, version: 1, options: [], fillGaps: false, removals: 0, by: somebody, ...asked })

const size = (...values: string[]) => ({ name: 'Size', values, was: 0 })
const colour = (...values: string[]) => ({ name: 'Colour', values, was: 1 })

async function matrix(productId: number) {
  const rows = await db
    .select()
    .from(variants)
    .where(eq(variants.productId, productId))
    .orderBy(asc(variants.position))
  return rows.map((row) => [row.optionValues.join(' '), row.id, row.price, row.stock])
}

test('a renamed value keeps its variants, with price and stock', async () => {
  const { productId, variantIds } = await aShirt()
  const [a, b, c, d] = variantIds
  const options = [size('Small', 'M'), { ...colour('Chalk', 'Moss'), name: 'Shade' }]
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

test('options that trade places take their variants along', async () => {
  const { handle, variantIds } = await aProductInVersions({
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

test('values in another order only put the variants into that order', async () => {
  const { productId, variantIds } = await aShirt()
  const [a, b, c, d] = variantIds
  await change(productId, { options: [size('M', 'S'), colour('Moss', 'Chalk')] })
  expect((await matrix(productId)).map(([, id]) => id)).toEqual([d, c, b, a])
})

test('a new value costs what the first variant costs and starts with no stock', async () => {
  const { productId } = await aShirt()
  const options = [size('S', 'M', 'L'), colour('Chalk', 'Moss')]
  expect(await change(productId, { options })).toEqual({ ok: true, made: 2, kept: 4, removed: 0 })
  const made = (await matrix(productId)).slice(4)
  expect(made.map(([values, , price, stock]) => [values, price, stock])).toEqual([
    ['L Chalk', 1000, 0],
    ['L Moss', 1000, 0],
  ])
})

test('variants that would go are named first, and go only when exactly those are agreed to', async () => {
  const { productId } = await aShirt()
  const options = [size('S'), colour('Chalk', 'Moss')]
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

test('a product without options takes them on, and its one variant becomes the first', async () => {
  const { productId, variantId } = await aProduct({ stock: 5 })
  const options = [{ name: 'Size', values: ['S', 'M'] }]
  expect(await change(productId, { options })).toEqual({ ok: true, made: 1, kept: 1, removed: 0 })
  expect((await matrix(productId))[0]).toEqual(['S', variantId, 999, 5])
  const ledger = await db.select().from(stockLedger).where(eq(stockLedger.variantId, variantId))
  expect(ledger).toHaveLength(1)
})

test('all options can be dropped again, and the first variant stays', async () => {
  const { productId, variantIds } = await aShirt()
  expect(await change(productId, { options: [], removals: 3 })).toMatchObject({ ok: true, removed: 3 })
  expect(await matrix(productId)).toEqual([['', variantIds[0], 1000, 1]])
})

test('a gap is left alone until it is asked to be filled', async () => {
  const { productId, variantIds } = await aShirt()
  await db.delete(variants).where(eq(variants.id, variantIds[3]!))
  await db.update(products).set({ priceMax: 1200 }).where(eq(products.id, productId))
  const options = [size('S', 'M'), colour('Chalk', 'Moss')]
  expect(await countGaps(productId)).toBe(1)
  expect(await change(productId, { options })).toMatchObject({ made: 0 })
  expect(await change(productId, { options, version: 2, fillGaps: true })).toMatchObject({ made: 1 })
  expect(await countGaps(productId)).toBe(0)
})

test('2,048 variants are possible and one row more is not', async () => {
  const { productId } = await aProduct({ stock: 0 })
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

test('an older version is refused, and of two changes at once one is', async () => {
  const { productId } = await aShirt()
  const options = [size('S', 'M', 'L'), colour('Chalk', 'Moss')]
  const results = await Promise.all([change(productId, { options }), change(productId, { options })])
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(results.find((result) => !result.ok)).toEqual({ ok: false, reason: 'changed-meanwhile' })
  expect(await matrix(productId)).toHaveLength(6)
  expect(await change(999_999, { options })).toEqual({ ok: false, reason: 'gone' })
})
