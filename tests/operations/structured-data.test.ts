import { desc, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import { collections, orderLines, products, variants } from '#db/schema/index.ts'
import { createProduct, createProductWithOptions, createShop } from '#tests/support/cast.ts'
import { getShop, newVisitor, openCheckout, useRunningShop } from '#tests/support/http-shop.ts'
import { createAuthor, insertApproved, publishReview, writeReview } from '#tests/support/reviews.ts'
import { readStructuredData, thingOf } from '#tests/support/structured-data.ts'

useRunningShop({ ROLE: 'web' })

let olga: number
beforeAll(async () => {
  ;({ olga } = await createShop())
})

const read = async (path: string) => (await newVisitor().get(path)).body
const metaOf = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)"/g)].map(([, name, content]) => [
      name,
      content,
    ]),
  ) as Record<string, string | undefined>
const canonicalOf = (html: string) => /<link rel="canonical" href="([^"]*)"/.exec(html)?.[1]

test('the price of each variant is the one on its page and the one that is charged', async () => {
  const { handle, variantIds } = await createProductWithOptions({
    title: 'Linen shirt',
    optionNames: ['Size', 'Colour', 'Cut'],
    versions: [
      { values: ['S', 'Red', 'Slim'], price: 1999 },
      { values: ['M', 'Red', 'Slim'], price: 2550, stock: 2 },
      { values: ['L', 'Blue', 'Wide'], price: 3000, stock: 0 },
    ],
  })
  await db
    .update(variants)
    .set({ compareAtPrice: 4000, barcode: '4006381333931', sku: 'LS-S' })
    .where(eq(variants.id, variantIds[0]!))
  const group = thingOf(await read(urls.product(handle)), 'ProductGroup')
  expect(group).toMatchObject({
    url: getShop().origin + urls.product(handle),
    name: 'Linen shirt',
    variesBy: ['https://schema.org/size', 'https://schema.org/color'],
  })
  expect(group.hasVariant).toMatchObject([
    {
      ...{
        name: 'Linen shirt – S / Red / Slim',
        size: 'S',
        color: 'Red',
        sku: 'LS-S',
        gtin: '4006381333931',
      },
      additionalProperty: [{ name: 'Cut', value: 'Slim' }],
      offers: {
        ...{ price: '19.99', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
        priceSpecification: { price: '40.00' },
      },
    },
    { offers: { price: '25.50', availability: 'https://schema.org/LimitedAvailability' } },
    { offers: { price: '30.00', availability: 'https://schema.org/OutOfStock' } },
  ])
  for (const [index, { offers }] of group.hasVariant.entries()) {
    const page = await read(offers!.url.slice(getShop().origin.length))
    expect(page).toContain(`€${offers!.price}</`)
    if (offers!.availability.endsWith('OutOfStock')) continue
    const visitor = newVisitor()
    const answer = await visitor.post(
      '/checkout',
      await openCheckout(visitor, { variantId: variantIds[index]! }),
    )
    expect(answer.status, answer.body).toBe(303)
    const [line] = await db.select().from(orderLines).orderBy(desc(orderLines.id)).limit(1)
    expect({ id: line!.variantId, charged: line!.unitPrice }).toEqual({
      id: variantIds[index],
      charged: Math.round(Number(offers!.price) * 100),
    })
  }
})

test('only approved reviews count', async () => {
  const pot = await createProduct()
  const one = async () => thingOf(await read(urls.product(pot.handle)), 'Product')
  await writeReview(await createAuthor(), pot.productId, { stars: 1 })
  expect(await one()).not.toHaveProperty('aggregateRating')
  await publishReview(pot.productId, olga, { stars: 4 })
  await insertApproved(db, pot.productId, [5, 5])
  await expect.poll(one).toMatchObject({ aggregateRating: { ratingValue: 4.67, reviewCount: 3 } })
})

test('a product without a price has no offer, and one that is not published no page', async () => {
  const onRequest = await createProduct({ price: null })
  expect(thingOf(await read(urls.product(onRequest.handle)), 'Product')).not.toHaveProperty('offers')
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, onRequest.productId))
  await expect.poll(async () => readStructuredData(await read(urls.product(onRequest.handle)))).toEqual([])
})

test('a title cannot end the script', async () => {
  const title = 'Pot </script><script>alert(1)</script> & "more" <!--'
  const { handle } = await createProduct({ title })
  const page = await read(urls.product(handle))
  expect(thingOf(page, 'Product').name).toBe(title)
  expect(page).not.toContain('<script>alert(1)')
})

test('the home page names the store and a search that works', async () => {
  const page = await read('/')
  expect(thingOf(page, 'OnlineStore')).toMatchObject({ url: `${getShop().origin}/` })
  const { urlTemplate } = thingOf(page, 'WebSite').potentialAction.target
  expect(urlTemplate.startsWith(getShop().origin)).toBe(true)
  const { handle } = await createProduct({ title: 'Birch tray' })
  const path = urlTemplate.slice(getShop().origin.length).replace('{search_term_string}', 'birch%20tray')
  const results = await read(path)
  expect(results).toContain('1 product<')
  expect(results).toContain(handle)
})

describe('a collection', () => {
  let path: string
  beforeAll(async () => {
    const [top] = await db
      .insert(collections)
      .values({ handle: 'kitchen', title: 'Kitchen', publishedAt: sql`now()` })
      .returning()
    await db
      .insert(collections)
      .values({ handle: 'kitchen-pots', title: 'Pots & pans', parentId: top!.id, publishedAt: sql`now()` })
    path = urls.collection('kitchen-pots')
  })

  test('has the breadcrumbs of the page, whose links work', async () => {
    const { itemListElement } = thingOf(await read(path), 'BreadcrumbList')
    expect(itemListElement.map(({ name }) => name)).toEqual(['Home', 'Collections', 'Kitchen', 'Pots & pans'])
    for (const { item } of itemListElement.slice(0, -1)) expect((await fetch(item!)).status).toBe(200)
  })

  test('is listed by search engines as a whole, not filtered or sorted', async () => {
    const whole = await read(path)
    expect(canonicalOf(whole)).toBe(getShop().origin + path)
    expect(metaOf(whole)).not.toHaveProperty('robots')
    for (const query of [
      '?sort_by=newest',
      '?filter.v.availability=1',
      '?filter.p.tag=x',
      '?filter.v.price.gte=1',
    ]) {
      const part = await read(path + query)
      expect(metaOf(part).robots, query).toBe('noindex')
      expect(canonicalOf(part), query).toBeUndefined()
    }
    expect(canonicalOf(await read(`${path}?utm_source=x`))).toBe(getShop().origin + path)
  })
})

test('the second page of a list has a path and a title of its own', async () => {
  for (let count = 0; count < 25; count += 1) await createProduct()
  const page = await read('/collections/all?page=2')
  expect(canonicalOf(page)).toBe(`${getShop().origin}/collections/all?page=2`)
  expect(/<title>(.*?)<\/title>/.exec(page)![1]).toMatch(/^All products – Page 2 · /)
})

test('the preview of a product has its title and description', async () => {
  const { handle, productId } = await createProduct({ title: 'Oak bowl' })
  await db.update(products).set({ description: '<p>Turned by hand.</p>' }).where(eq(products.id, productId))
  expect(metaOf(await read(urls.product(handle)))).toMatchObject({
    description: 'Turned by hand.',
    'og:title': 'Oak bowl',
    'og:description': 'Turned by hand.',
    'og:type': 'product',
    'og:url': getShop().origin + urls.product(handle),
  })
})
