import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { changePrice, createProduct, createShop } from '#tests/support/cast.ts'
import { getShop, newVisitor, openCheckout, useRunningShop } from '#tests/support/http-shop.ts'
import { parseXml, textOf } from '#tests/support/parse-xml.ts'

useRunningShop()

let pot: Awaited<ReturnType<typeof createProduct>>
let draft: typeof pot

beforeAll(async () => {
  await createShop()
  pot = await createProduct({ title: 'Clay & "pot"', price: 1250, compareAtPrice: 1500 })
  draft = await createProduct({ title: 'Hidden lamp' })
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, draft.productId))
})

async function readFeed() {
  const { status, body } = await newVisitor().get('/feeds/google.xml')
  expect(status).toBe(200)
  return parseXml(body).children[0]!.children.filter(({ name }) => name === 'item')
}

test('the index leads to files with all published pages', async () => {
  const { body, headers } = await newVisitor().get('/sitemap.xml')
  expect(headers.get('content-type')).toBe('application/xml; charset=utf-8')
  const files = parseXml(body).children.map((file) => textOf(file, 'loc')!)
  expect(files).toEqual([
    `${getShop().origin}/sitemaps/pages-1.xml`,
    `${getShop().origin}/sitemaps/products-1.xml`,
  ])
  const paths: string[] = []
  for (const file of files) {
    const answer = await newVisitor().get(file)
    expect(answer.status, file).toBe(200)
    paths.push(...parseXml(answer.body).children.map((url) => new URL(textOf(url, 'loc')!).pathname))
  }
  expect(paths).toEqual(['/', '/collections/all', '/collections', `/products/${pot.handle}`])
  for (const path of paths) expect((await newVisitor().get(path)).status, path).toBe(200)
  for (const path of ['/sitemaps/products-9.xml', '/sitemaps/orders-1.xml', '/sitemaps/products-1.txt'])
    expect((await newVisitor().get(path)).status, path).toBe(404)
})

test('the price in the feed is the one that the page shows and the cart charges', async () => {
  const items = await readFeed()
  expect(items.map((item) => textOf(item, 'id'))).toEqual([String(pot.variantId)])
  const [item] = items
  expect([textOf(item!, 'price'), textOf(item!, 'sale_price')]).toEqual(['15.00 EUR', '12.50 EUR'])
  const link = new URL(textOf(item!, 'link')!)
  const page = await newVisitor().get(link.pathname + link.search)
  expect(page.status).toBe(200)
  expect(page.body).toContain('€12.50')
  expect(page.body).toContain('€15.00')
  expect(page.body).toContain('"price":"12.50"')
  const buyer = newVisitor()
  await openCheckout(buyer, { variantId: pot.variantId, quantity: 2 })
  expect((await buyer.get('/cart')).body).toContain('€25.00')
})

test('the files are public and compressed, and a client that has them gets 304 until the catalog changes', async () => {
  for (const path of ['/sitemap.xml', '/sitemaps/products-1.xml', '/feeds/google.xml']) {
    const first = await newVisitor().get(path)
    expect(first.headers.get('cache-control'), path).toMatch(/^public, max-age=\d+$/)
    expect(first.headers.get('set-cookie'), path).toBeNull()
    const etag = first.headers.get('etag')!
    const again = await newVisitor().get(path, { 'if-none-match': etag })
    expect([again.status, again.body], path).toEqual([304, ''])
    const head = await fetch(getShop().origin + path, { method: 'HEAD' })
    expect([head.status, head.headers.get('etag')], path).toEqual([200, etag])
    await changePrice(pot.variantId, first.body.length + 1)
    await expect
      .poll(async () => (await newVisitor().get(path, { 'if-none-match': etag })).status, { timeout: 5_000 })
      .toBe(200)
  }
  const zipped = await fetch(`${getShop().origin}/feeds/google.xml`, {
    headers: { 'accept-encoding': 'gzip' },
  })
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  expect(await zipped.text()).toContain('<rss')
})

test('downloads of the feed are limited by address', async () => {
  const visitor = newVisitor()
  const statuses: number[] = []
  for (let count = 0; count < 11; count += 1) statuses.push((await visitor.get('/feeds/google.xml')).status)
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429])
})

test('robots.txt points to the sitemap, and closes what is private or only a filter', async () => {
  const { body } = await newVisitor().get('/robots.txt')
  expect(body).toContain(`Sitemap: ${getShop().origin}/sitemap.xml`)
  const rules = [...body.matchAll(/^Disallow: (.+)$/gm)].map(([, rule]) => toPattern(rule!))
  const isClosed = (path: string) => rules.some((rule) => rule.test(path))
  const closed = ['/admin', '/cart', '/checkout', '/orders/abc', '/account/orders', '/login', '/setup?code=x']
  const alsoClosed = ['/search?q=pot', '/search/suggestions?q=p', '/drafts/abc', '/order-reviews/abc']
  const forms = [
    `/products/${pot.handle}/reviews/new`,
    `/products/${pot.handle}/stock-alert`,
    '/reviews/1/report',
  ]
  const filters = [
    '/collections/all?sort_by=price-ascending',
    '/collections/all?page=2&filter.v.price.gte=5',
    '/collections/all?filter.v.option.size=M',
    '/collections/all?filter.p.tag=new',
    `/products/${pot.handle}?reviews_sort=newest`,
    `/products/${pot.handle}?preview=on`,
  ]
  expect([...closed, ...alsoClosed, ...forms, ...filters].filter((path) => !isClosed(path))).toEqual([])
  const open = ['/', '/collections/all', '/collections/all?page=2', `/products/${pot.handle}?variant=7`]
  expect(
    [...open, '/feeds/google.xml', '/sitemaps/products-1.xml', '/media/x/1.jpeg'].filter(isClosed),
  ).toEqual([])
})

/** A rule as crawlers read it (RFC 9309): a prefix, in which "*" stands for anything. */
function toPattern(rule: string): RegExp {
  const escaped = rule.split('*').map((part) => part.replace(/[.?+^$()[\]{}|\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('.*')}`)
}
