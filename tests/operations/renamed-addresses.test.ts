import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createPage, updatePage } from '#app/domain/pages/edit-pages.server.ts'
import { newPageSchema } from '#app/domain/pages/page.schema.ts'
import { deleteProduct } from '#app/domain/products/delete-product.server.ts'
import { db } from '#db/client.ts'
import { collections, products } from '#db/schema/index.ts'
import { anyUser, createProduct } from '#tests/support/cast.ts'
import { newVisitor, useRunningShop } from '#tests/support/http-shop.ts'

useRunningShop()

const rename = (id: number, handle: string) => db.update(products).set({ handle }).where(eq(products.id, id))

/** Each path twice: the second answer must not come from a cache that the first one filled. */
async function expectMoved(from: string, to: string) {
  for (let times = 0; times < 2; times += 1) {
    const { status, location, headers } = await newVisitor().get(from)
    expect({ status, location }).toEqual({ status: 301, location: to })
    // A browser asks again: the handle may be used for another product.
    expect(headers.get('cache-control')).toBe('private, no-cache')
  }
}

test('the former address of a product redirects to the current one, with its query string', async () => {
  const { productId, handle } = await createProduct()
  // Cached before it is renamed.
  expect((await newVisitor().get(`/products/${handle}`)).status).toBe(200)
  await rename(productId, 'blue-pot')
  await expect
    .poll(async () => (await newVisitor().get(`/products/${handle}`)).status, { timeout: 5_000 })
    .toBe(301)
  await rename(productId, 'tøp')
  await expectMoved(`/products/${handle}`, '/products/t%C3%B8p')
  await expectMoved('/products/blue-pot?variant=7&utm_source=x', '/products/t%C3%B8p?variant=7&utm_source=x')
  expect((await newVisitor().get('/products/t%C3%B8p')).status).toBe(200)
})

test('the data of a former address has the redirect for the browser', async () => {
  const { productId, handle } = await createProduct()
  await rename(productId, 'lamp-with-data')
  const routes = encodeURIComponent('routes/_shop.products.$handle')
  for (const query of ['?utm_source=x', `?utm_source=x&_routes=${routes}`]) {
    const answer = await newVisitor().get(`/products/${handle}.data${query}`)
    expect(answer.status).toBe(202)
    expect(answer.body).toContain('/products/lamp-with-data?utm_source=x"')
    expect(answer.body).toContain('301')
  }
})

test('the former address of a collection redirects', async () => {
  const [lamps] = await db
    .insert(collections)
    .values({ handle: 'lights', title: 'Lamps', publishedAt: new Date(0) })
    .returning({ id: collections.id })
  await db.update(collections).set({ handle: 'lamps' }).where(eq(collections.id, lamps!.id))
  await expectMoved('/collections/lights?page=1&utm_source=x', '/collections/lamps?page=1&utm_source=x')
  const { status, body } = await newVisitor().get('/collections/lights.data')
  expect(status).toBe(202)
  expect(body).toContain('/collections/lamps')
})

test('the former address of a page redirects', async () => {
  const facts = newPageSchema.parse({ title: 'Our story', body: 'We make pots.', isPublished: 'on' })
  const made = await createPage({ facts, policy: null, by: anyUser })
  if (!made.ok) throw new Error(made.reason)
  expect((await newVisitor().get('/pages/our-story')).status).toBe(200)
  await updatePage({ id: made.id, version: 1, facts: { ...facts, handle: 'story' }, by: anyUser })
  await expect
    .poll(async () => (await newVisitor().get('/pages/our-story')).status, { timeout: 5_000 })
    .toBe(301)
  await expectMoved('/pages/our-story?utm_source=x', '/pages/story?utm_source=x')
  expect((await newVisitor().get('/policies/our-story')).status).toBe(404)
})

test('a new product at the former address is shown', async () => {
  const former = await createProduct({ title: 'Former stool' })
  await rename(former.productId, 'stool-elsewhere')
  await expectMoved(`/products/${former.handle}`, '/products/stool-elsewhere')
  const next = await createProduct({ title: 'Next stool' })
  await rename(next.productId, former.handle)
  const { status, body } = await newVisitor().get(`/products/${former.handle}`)
  expect(status).toBe(200)
  expect(body).toContain('Next stool')
})

test('an unknown address is 404, also the data of its page', async () => {
  for (const path of ['/products/never', '/collections/never']) {
    expect((await newVisitor().get(path)).status, path).toBe(404)
    expect((await newVisitor().get(`${path}.data`)).status, `${path}.data`).toBe(404)
  }
})

test('the addresses of a deleted product are gone, and say so, until another product has them', async () => {
  const { productId, handle } = await createProduct()
  await rename(productId, 'bowl-elsewhere')
  await expectMoved(`/products/${handle}`, '/products/bowl-elsewhere')
  await deleteProduct(productId, anyUser)
  // Its own page is cached until the deletion is announced.
  await expect
    .poll(async () => (await newVisitor().get('/products/bowl-elsewhere')).status, { timeout: 5_000 })
    .toBe(410)
  const { status, body, headers } = await newVisitor().get(`/products/${handle}?utm_source=x`)
  expect(status).toBe(410)
  expect(body).toContain('This product is no longer sold')
  expect(body).toContain('href="/collections/all"')
  expect(body).toContain('<meta name="robots" content="noindex"/>')
  expect(headers.get('cache-control')).toBe('private, no-cache')
  expect((await newVisitor().get(`/products/${handle}.data`)).status).toBe(410)
  const next = await createProduct({ title: 'Next bowl' })
  await rename(next.productId, handle)
  expect((await newVisitor().get(`/products/${handle}`)).status).toBe(200)
})

test('a draft is 404, and a deleted collection is gone', async () => {
  const { productId, handle } = await createProduct()
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, productId))
  expect((await newVisitor().get(`/products/${handle}`)).status).toBe(404)
  await db.insert(collections).values({ handle: 'past', title: 'Past', publishedAt: new Date(0) })
  await db.delete(collections).where(eq(collections.handle, 'past'))
  const { status, body } = await newVisitor().get('/collections/past')
  expect(status).toBe(410)
  expect(body).toContain('This collection no longer exists')
})
