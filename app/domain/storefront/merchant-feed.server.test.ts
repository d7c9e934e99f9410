import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { toDecimal } from '#app/domain/money.ts'
import { db } from '#db/client.ts'
import { collections, pages, products, settings, variants } from '#db/schema/index.ts'
import { createProduct, createProductWithOptions, createShop } from '#tests/support/cast.ts'
import { createProductImage } from '#tests/support/images.ts'
import { type Element, parseXml, textOf } from '#tests/support/parse-xml.ts'
import { getCatalogVersion } from './catalog-version.server.ts'
import { readMerchantFeed } from './merchant-feed.server.ts'
import { getProductPage } from './product-page.server.ts'

beforeAll(async () => {
  await createShop()
})

afterEach(() => db.update(settings).set({ showsLowestPrice: false }))

async function readItems(): Promise<Map<number, Element>> {
  let document = ''
  for await (const part of readMerchantFeed()) document += part
  const [channel] = parseXml(document).children
  const items = channel!.children.filter(({ name }) => name === 'item')
  const byId = new Map(items.map((item) => [Number(textOf(item, 'id')), item]))
  expect(byId.size, 'no item twice').toBe(items.length)
  return byId
}

const pricesOf = (item: Element | undefined) => item && [textOf(item, 'price'), textOf(item, 'sale_price')]

test('only published products with a price are in the feed', async () => {
  const shown = await createProduct()
  const [draft, archived, scheduled, unpublished, onRequest] = [
    await createProduct(),
    await createProduct(),
    await createProduct(),
    await createProduct(),
    await createProduct({ price: null }),
  ]
  const change = (id: number, values: Partial<typeof products.$inferInsert>) =>
    db.update(products).set(values).where(eq(products.id, id))
  await change(draft.productId, { status: 'draft' })
  await change(archived.productId, { status: 'archived' })
  await db.execute(
    sql`update products set published_at = now() + interval '1 hour' where id = ${scheduled.productId}`,
  )
  await change(unpublished.productId, { publishedAt: null })
  const items = await readItems()
  expect(items.has(shown.variantId)).toBe(true)
  for (const { variantId } of [draft, archived, scheduled, unpublished, onRequest])
    expect(items.has(variantId)).toBe(false)
})

test('more products than one batch are all there, once each', async () => {
  const ids: number[] = []
  for (let count = 0; count < 260; count += 1) ids.push((await createProduct()).variantId)
  const items = await readItems()
  expect(ids.filter((id) => !items.has(id))).toEqual([])
})

test('clients that stop reading keep nobody from the feed', async () => {
  const { variantId } = await createProduct()
  const stopped = [readMerchantFeed(), readMerchantFeed(), readMerchantFeed()]
  // The head, and the first products.
  for (const feed of stopped) await feed.next().then(() => feed.next())
  expect((await readItems()).has(variantId)).toBe(true)
})

test('prices are those of the page, also where a reduction may not be announced', async () => {
  const { settings: own } = await createShop()
  const reduced = await createProduct({ price: 700, compareAtPrice: 999 })
  const lamp = await createProductWithOptions({
    title: 'Lamp',
    optionNames: ['Colour'],
    versions: [
      { values: ['Red'], price: 4200 },
      { values: ['Blue'], price: 4300, stock: 0 },
    ],
  })
  const check = async () => {
    const items = await readItems()
    for (const { handle } of [reduced, lamp])
      for (const variant of (await getProductPage(handle))!.variants) {
        const money = (amount: number) => `${toDecimal(amount, own)} ${own.currency}`
        const { price, compareAtPrice } = variant
        const expected =
          compareAtPrice === null ? [money(price!), undefined] : [money(compareAtPrice), money(price!)]
        expect(pricesOf(items.get(variant.id))).toEqual(expected)
      }
    return items
  }
  const items = await check()
  expect(pricesOf(items.get(reduced.variantId))).toEqual(['9.99 EUR', '7.00 EUR'])
  expect(textOf(items.get(lamp.variantIds[1]!)!, 'availability')).toBe('out_of_stock')
  expect(textOf(items.get(lamp.variantIds[0]!)!, 'color')).toBe('Red')
  // It was never sold for more, so the store that shows lowest prices announces no reduction.
  await db.update(settings).set({ showsLowestPrice: true })
  const honest = await check()
  expect(pricesOf(honest.get(reduced.variantId))).toEqual(['7.00 EUR', undefined])
})

test('images are those that can be shown, the variant’s own first', async () => {
  const { productId, variantId } = await createProduct()
  await createProductImage(productId, 1, 'pending')
  await createProductImage(productId, 2)
  const own = await createProductImage(productId, 3)
  await db.update(variants).set({ imageId: own }).where(eq(variants.id, variantId))
  const item = (await readItems()).get(variantId)!
  expect(textOf(item, 'image_link')).toContain('/media/3333')
  expect(textOf(item, 'additional_image_link')).toContain('/media/2222')
})

test('the version changes with everything that the feed and the sitemap show, and with nothing else', async () => {
  const { productId, variantId } = await createProduct({ stock: 5 })
  const [collection] = await db
    .insert(collections)
    .values({ handle: 'versioned', title: 'Versioned', publishedAt: new Date(0) })
    .returning({ id: collections.id })
  const now = sql`clock_timestamp()`
  const ofProduct = (values: object) =>
    db
      .update(products)
      .set(values)
      .where(eq(products.id, productId))
      .then(() => {})
  const ofVariant = (values: object) =>
    db
      .update(variants)
      .set(values)
      .where(eq(variants.id, variantId))
      .then(() => {})
  const changes: [string, () => Promise<unknown>][] = [
    ['a text', () => ofProduct({ title: 'Other', updatedAt: now })],
    ['published later', () => ofProduct({ publishedAt: sql`now() + interval '1 hour'` })],
    ['published', () => ofProduct({ publishedAt: sql`now()` })],
    ['a price', () => ofVariant({ price: 1 })],
    ['a compare-at price', () => ofVariant({ compareAtPrice: 2 })],
    ['sold out', () => ofVariant({ stock: 0 })],
    ['an image', () => createProductImage(productId, 4)],
    [
      'a collection',
      () =>
        db
          .delete(collections)
          .where(eq(collections.id, collection!.id))
          .then(() => {}),
    ],
    [
      'a page',
      () =>
        db
          .insert(pages)
          .values({
            kind: 'page',
            handle: 'versioned',
            title: 'Versioned',
            body: '',
            publishedAt: new Date(0),
          })
          .then(() => {}),
    ],
    [
      'the settings',
      () =>
        db
          .update(settings)
          .set({ shopName: 'Hill', updatedAt: now })
          .then(() => {}),
    ],
    [
      'deleted',
      () =>
        db
          .delete(products)
          .where(eq(products.id, productId))
          .then(() => {}),
    ],
  ]
  let before = await getCatalogVersion()
  expect(await getCatalogVersion()).toBe(before)
  await ofVariant({ cost: 1 })
  await createProduct({ title: 'Draft' }).then(({ productId: id }) =>
    db.delete(products).where(eq(products.id, id)),
  )
  expect(await getCatalogVersion()).toBe(before)
  for (const [what, change] of changes) {
    await change()
    const after = await getCatalogVersion()
    expect(after, what).not.toBe(before)
    before = after
  }
})
