import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { deleteProduct } from '#app/domain/products/delete-product.server.ts'
import { createRedirect, deleteRedirect } from '#app/domain/redirects/edit-redirects.server.ts'
import { db } from '#db/client.ts'
import { products, redirects } from '#db/schema/index.ts'
import { anyUser as by, createProduct, createShop } from '#tests/support/cast.ts'
import { newVisitor, signedInOwner, useRunningShop } from '#tests/support/http-shop.ts'

useRunningShop()

beforeAll(async () => {
  await createShop()
})

async function add(path: string, target: string) {
  expect(await createRedirect({ path, target, by })).toMatchObject({ ok: true })
}

async function get(path: string) {
  const { status, location } = await newVisitor().get(path)
  return [status, location]
}

test('a redirect has effect at once, in any spelling, with the query string, and ends when it is deleted', async () => {
  expect(await get('/old-page')).toEqual([404, null])
  await add('/old-page', '/collections/all')
  const { status, location, headers } = await newVisitor().get('/old-page?utm_source=x')
  expect([status, location]).toEqual([301, '/collections/all?utm_source=x'])
  expect(headers.get('cache-control')).toBe('private, no-cache')
  expect(await get('/OLD-Page')).toEqual([301, '/collections/all'])
  const [row] = await db.select({ id: redirects.id }).from(redirects).where(eq(redirects.path, '/old-page'))
  await deleteRedirect(row!.id, by)
  expect(await get('/old-page')).toEqual([404, null])
})

test('it can lead to another site, and stands where a product would', async () => {
  await add('/products/moved-away', 'https://other.example/pot')
  expect(await get('/products/moved-away?a=1')).toEqual([301, 'https://other.example/pot?a=1'])
  await add('/pages/size-chart.html', '/')
  expect(await get('/pages/size-chart.html')).toEqual([301, '/'])
})

test('the data of a page has the redirect for the browser', async () => {
  await add('/products/with-data', '/collections/all')
  const routes = encodeURIComponent('routes/_shop.products.$handle')
  for (const query of ['?utm_source=x', `?utm_source=x&_routes=${routes}`]) {
    const { status, body } = await newVisitor().get(`/products/with-data.data${query}`)
    expect(status).toBe(202)
    expect(body).toContain('/collections/all?utm_source=x"')
    expect(body).toContain('301')
  }
})

test('a page that exists is shown; a former or deleted address follows the redirect', async () => {
  const { productId, handle } = await createProduct()
  await add(`/products/${handle}`, '/collections/all')
  expect(await get(`/products/${handle}`)).toEqual([200, null])
  await db.update(products).set({ handle: 'renamed-pot' }).where(eq(products.id, productId))
  await expect.poll(() => get(`/products/${handle}`)).toEqual([301, '/collections/all'])
  await deleteProduct(productId, by)
  expect(await get(`/products/${handle}`)).toEqual([301, '/collections/all'])
})

test('private addresses, forms and files never redirect, whatever the table holds', async () => {
  const paths = ['/orders/unknown', '/admin/unknown', '/media/unknown', '/account/unknown']
  await db.insert(redirects).values(paths.map((path) => ({ path, target: 'https://other.example/' })))
  for (const path of paths) {
    const [status, location] = await get(path)
    expect([path, String(location).includes('other.example')]).toEqual([path, false])
    expect(status, path).not.toBe(301)
  }
  await add('/old-form', '/collections/all')
  const { status } = await newVisitor().post('/old-form', {})
  expect(status).not.toBe(301)
})

test('a form or a file that would close a circle, and a file with a row to fix, change nothing', async () => {
  const owner = await signedInOwner()
  await add('/circle-a', '/circle-b')
  await add('/circle-b', '/circle-c')
  const form = { csrf: owner.csrf, path: '/circle-c', target: '/circle-a' }
  const { status, body } = await owner.post('/admin/redirects/new', form)
  expect(status).toBe(422)
  expect(body).toContain('Other redirects lead from the new address back to the old one.')
  const upload = async (...rows: string[]) => {
    const fields = new FormData()
    fields.append('csrf', owner.csrf)
    const text = ['Redirect from,Redirect to', ...rows].join('\r\n')
    fields.append('file', new Blob([text], { type: 'text/csv' }), 'redirects.csv')
    const body = new Response(fields)
    return owner.send('/admin/redirects/import', await body.bytes(), {
      'content-type': body.headers.get('content-type')!,
      'sec-fetch-site': 'same-origin',
    })
  }
  const good = '/circle-free,/collections'
  expect((await upload(good, '/circle-c,/circle-a')).status).toBe(422)
  expect((await upload(good, '/circle-d,nowhere')).status).toBe(422)
  for (const path of ['/circle-c', '/circle-d', '/circle-free']) expect(await get(path)).toEqual([404, null])
  expect((await upload(good)).status).toBe(303)
  expect(await get('/circle-free')).toEqual([301, '/collections'])
})
