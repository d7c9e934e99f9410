import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { cartLines, products, searchClicks, searchCounts } from '#db/schema/index.ts'
import {
  createProduct,
  createProductWithOptions,
  createShop,
  createUser,
  signIn,
} from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { type RunningShop, startShop } from '#tests/support/running-shop.ts'
import { stopLeftoverTills } from '#tests/support/till.ts'
import { createVisitor } from '#tests/support/visitor.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

let olga: number
let pot: { productId: number; handle: string }
let stool: { handle: string; variantIds: number[] }

beforeAll(async () => {
  ;({ olga } = await createShop())
  pot = await createProduct({ title: 'Clay pot' })
  stool = await createProductWithOptions({
    title: 'Oak stool',
    optionNames: ['Height', 'Color'],
    versions: [{ values: ['Low', 'Red'] }, { values: ['High', 'Red'] }],
  })
  for (let made = 0; made < 30; made += 1) await createProduct({ title: `Basket ${made}` })
})
beforeEach(async () => {
  await db.delete(searchCounts)
  await db.delete(searchClicks)
})
afterAll(stopLeftoverTills)

/** Counters are stored when a process stops: then they can be read without waiting. */
async function withShop(work: (shop: RunningShop) => Promise<void>) {
  const shop = await startShop({ databaseUrl }, { ROLE: 'web', TRUST_PROXY: '1' })
  await work(shop)
  await shop.stop()
  expect(shop.output()).not.toMatch(/"level":"(warn|error|fatal)"/)
}

let addresses = 0

/** A browser that shows pages of the store, coming from other pages of it; at an address of its own. */
function openBrowser({ origin }: RunningShop, cookies: Record<string, string> = {}) {
  addresses += 1
  const visitor = createVisitor(origin, { cookies, address: `198.51.100.${addresses}` })
  return {
    ...visitor,
    open: (path: string, from: string, headers: Record<string, string> = {}) =>
      visitor.get(path, { 'user-agent': firefox, referer: origin + from, ...headers }),
  }
}

const counted = async () => ({
  searches: (await db.select().from(searchCounts).orderBy(asc(searchCounts.query))).map(
    ({ query, searches, results }) => [query, searches, results],
  ),
  clicks: (
    await db
      .select({ query: searchClicks.query, handle: products.handle, clicks: searchClicks.clicks })
      .from(searchClicks)
      .innerJoin(products, eq(products.id, searchClicks.productId))
      .orderBy(asc(searchClicks.query), asc(products.handle))
  ).map(({ query, handle, clicks }) => [query, handle, clicks]),
})

test('a search counts once: not its other pages, orders and filters, no reload, suggestion, bot or member of staff', async () => {
  await withShop(async (shop) => {
    const shopper = openBrowser(shop)
    const first = await shopper.open('/search?q=Basket', '/')
    expect([first.status, first.headers.getSetCookie()]).toEqual([200, []])
    for (const path of [
      '/search?q=Basket&page=2',
      '/search?q=basket&sort_by=newest',
      '/search.data?q=Basket&page=2&from=1&_routes=routes%2F_shop.search',
      '/search?q=Basket&filter.v.availability=1',
      '/search.data?q=Basket&_routes=routes%2F_shop.search',
    ])
      expect((await shopper.open(path, '/search?q=Basket')).status, path).toBe(200)
    // Shared links with a choice, prefetched and reloaded pages, HEAD.
    await shopper.open('/search?q=Basket&page=2', '/')
    await shopper.open('/search?q=Basket', '/', { 'sec-purpose': 'prefetch' })
    await shopper.open('/search?q=Basket', '/', { 'cache-control': 'max-age=0' })
    await fetch(`${shop.origin}/search?q=Basket`, { method: 'HEAD', headers: { 'user-agent': firefox } })
    await shopper.open('/search/suggestions?q=Bask', '/')
    await shopper.open('/search?q=basket', '/', { 'user-agent': googlebot })
    await openBrowser(shop, { sid: await signIn(olga) }).open('/search?q=basket', '/')
    // These are searches: another shopper's, a customer's, and one without results.
    await openBrowser(shop).open('/search?q=BASKET', '/search?q=clay')
    const customer = await createUser()
    await openBrowser(shop, { sid: await signIn(customer.id) }).open('/search.data?q=%20b%C3%A0sket', '/')
    await shopper.open('/search?q=zzzzzz', '/search?q=Basket')
  })
  expect(await counted()).toEqual({ searches: [['basket', 3, 30], ['zzzzzz', 1, 0]], clicks: [] }) // prettier-ignore
})

test('a click counts on a cached product page and its data; the page is the same as without the query', async () => {
  await withShop(async (shop) => {
    const shopper = openBrowser(shop)
    const page = `/products/${pot.handle}`
    const plain = await shopper.open(page, '/')
    const encoded = { 'accept-encoding': 'br' }
    await expect.poll(async () => (await shopper.open(page, '/', encoded)).headers.get('etag')).toBeTruthy()
    const cached = await shopper.open(page, '/', encoded)
    const found = await shopper.open(`${page}?q=Clay+Pot`, '/search?q=Clay+Pot', encoded)
    expect(found.headers.get('etag')).toBe(cached.headers.get('etag'))
    expect(found.body).toBe(cached.body)
    expect(plain.body).toContain(`<link rel="canonical" href="${shop.origin}${page}"/>`)
    const data = `${page}.data?q=Clay+Pot&_routes=routes%2F_shop.products.%24handle`
    await shopper.open(data, '/search?q=Clay+Pot')
    const customer = await createUser()
    await openBrowser(shop, { sid: await signIn(customer.id) }).open(`${page}?q=pot`, '/collections/all')
    // Not: data of the page that is open, prefetched, by a bot, by staff, without the query, a product that is not.
    await shopper.open(data, `${page}?q=Clay+Pot`)
    await shopper.open(data, '/search?q=Clay+Pot', { 'sec-purpose': 'prefetch' })
    await shopper.open(`${page}?q=pot`, '/', { 'user-agent': googlebot })
    await openBrowser(shop, { sid: await signIn(olga) }).open(`${page}?q=pot`, '/search?q=pot')
    await shopper.open(page, '/search?q=pot')
    await shopper.open('/products/none?q=pot', '/search?q=pot')
  })
  expect((await counted()).clicks).toEqual([['clay pot', pot.handle, 2], ['pot', pot.handle, 1]]) // prettier-ignore
})

test('a results page links to products with its query; hostile queries count as text or not at all', async () => {
  await withShop(async (shop) => {
    const shopper = openBrowser(shop)
    const { body } = await shopper.open('/search?q=Clay%20pot%20%26', '/')
    expect(body).toContain(`href="/products/${pot.handle}?q=Clay+pot+%26"`)
    const hostile = ['%', '🪴', "'; drop table search_counts; --", 'a'.repeat(5_000), '\u202epot\u0007']
    for (const query of hostile)
      expect((await shopper.open(`/search?q=${encodeURIComponent(query)}`, '/')).status, query).toBe(200)
    for (const query of ['%00', 'a'.repeat(10_000), '%ff'])
      expect([200, 400, 414]).toContain((await shopper.open(`/search?q=${query}`, '/')).status)
    await shopper.open('/search?q=ada%40example.com', '/')
    await shopper.open('/search?q=4242424242424242', '/')
  })
  expect((await counted()).searches.map(([query]) => query)).toEqual([
    '%',
    "'; drop table search_counts; --",
    ...['a'.repeat(100), 'clay pot &', 'pot', '🪴'],
  ])
})

test('without script, the cart line remembers the search through a choice of options and a refusal', async () => {
  await withShop(async (shop) => {
    const shopper = openBrowser(shop)
    const post = (path: string, from: string, fields: Record<string, string>) =>
      shopper.post(path, fields, { 'user-agent': firefox, referer: shop.origin + from })
    const page = `/products/${stool.handle}`
    const chosen = await post(`${page}/select`, `${page}?q=Stool`, { option1: 'High', option2: 'Red' })
    expect(chosen.location).toBe(`${page}?option1=High&option2=Red&q=Stool`)
    const form = { product: stool.handle, option1: 'High', option2: 'Red' }
    const refused = await post('/cart/lines', chosen.location!, { ...form, quantity: '500' })
    expect(refused.location).toBe(`${page}?variant=${stool.variantIds[1]}&q=stool`)
    await post('/cart/lines', refused.location!, { ...form, quantity: '2' })
    // Added again from elsewhere, the search stays; another product without a search has none.
    await post('/cart/lines', page, { ...form, quantity: '1' })
    await post('/cart/lines', '/search?q=pot', { product: pot.handle, quantity: '1' })
    const staff = openBrowser(shop, { sid: await signIn(olga) })
    const [, csrf] = /name="csrf" value="([^"]+)"/.exec((await staff.open('/', '/')).body)!
    await staff.post(
      '/cart/lines',
      { csrf: csrf!, product: pot.handle, quantity: '2' },
      { referer: `${shop.origin}/products/${pot.handle}?q=pot` },
    )
  })
  const lines = await db.select().from(cartLines).orderBy(asc(cartLines.id))
  expect(lines.map(({ quantity, searchQuery }) => [quantity, searchQuery])).toEqual([
    [3, 'stool'],
    [1, null],
    [2, null],
  ])
})

test('processes that stop at once lose nothing; one that is killed loses only what it had not stored', async () => {
  const shops = await Promise.all(
    [1, 2, 3].map(() => startShop({ databaseUrl }, { ROLE: 'web', TRUST_PROXY: '1' })),
  )
  const search = async (shop: RunningShop) => {
    for (const query of ['basket', 'clay', 'stool']) await openBrowser(shop).open(`/search?q=${query}`, '/')
    await openBrowser(shop).open(`/products/${pot.handle}?q=clay`, '/search?q=clay')
  }
  await Promise.all(shops.map(search))
  const [killed, ...stopped] = shops
  await Promise.all([killed!.kill(), ...stopped.map((shop) => shop.stop())])
  expect(await counted()).toEqual({
    searches: [['basket', 2, 30], ['clay', 2, 1], ['stool', 2, 1]], // prettier-ignore
    clicks: [['clay', pot.handle, 2]],
  })
})
