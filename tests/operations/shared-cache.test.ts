import { afterAll, beforeAll, expect, test } from 'vitest'
import { createProduct, createShop } from '#tests/support/cast.ts'
import { startCachingProxy } from '#tests/support/caching-proxy.ts'
import {
  newVisitor,
  signInVisitor,
  signedInOwner,
  getShop,
  useRunningShop,
} from '#tests/support/http-shop.ts'
import { createVisitor } from '#tests/support/visitor.ts'

useRunningShop()

let proxy: Awaited<ReturnType<typeof startCachingProxy>>
let pages: string[]

beforeAll(async () => {
  proxy = await startCachingProxy(getShop().origin)
  const { handle } = await createProduct({ title: 'Clay pot' })
  pages = [
    '/',
    '/collections/all',
    `/products/${handle}`,
    '/collections',
    '/search?q=pot',
    '/cart',
    '/account',
    '/nowhere',
  ]
  pages.push(...pages.map((page) => (page === '/' ? '/_root.data' : page.replace(/(?=\?|$)/, '.data'))))
})
afterAll(() => proxy.stop())

/** Shoppers behind the proxy: one with two pots in the cart, one signed in, and one without a session. */
async function createProxiedShoppers() {
  const { variantId } = await createProduct()
  const buyer = newVisitor()
  await buyer.post('/cart/lines', { variantId: String(variantId), quantity: '2' })
  await buyer.get('/cart')
  const owner = await signedInOwner()
  return [buyer.cookies, owner.cookies, new Map<string, string>()].map((cookies) =>
    createVisitor(proxy.origin, { cookies: Object.fromEntries(cookies) }),
  )
}

test('behind a shared cache, no visitor sees another’s cart or account', async () => {
  const shoppers = await createProxiedShoppers()
  const own = (body: string) => ({
    count: /Cart, (\d+) items?/.exec(body)?.[1],
    isSignedIn: body.includes('>Account</span>'),
  })
  for (const page of pages.filter((path) => !path.includes('.data'))) {
    for (let round = 0; round < 3; round += 1) {
      const [buyer, owner, anonymous] = await Promise.all(shoppers.map((one) => one.get(page)))
      if (owner!.status === 200 && page !== '/account')
        expect(own(buyer!.body), page).toEqual({ count: '2', isSignedIn: false })
      if (anonymous!.status === 200)
        expect(own(anonymous!.body), page).toEqual({ count: '0', isSignedIn: false })
      if (owner!.status === 200) expect(own(owner!.body), page).toEqual({ count: '0', isSignedIn: true })
    }
  }
})

test('behind a shared cache, no visitor gets another’s token or page data', async () => {
  const [buyer, owner, anonymous] = await createProxiedShoppers()
  const readSessionToken = async (shopper: typeof buyer) =>
    /name="csrf" value="([^"]+)"/.exec((await shopper!.get('/cart')).body)?.[1]
  const tokens = [await readSessionToken(buyer), await readSessionToken(owner)]
  expect(tokens.every(Boolean) && tokens[0] !== tokens[1]).toBe(true)
  for (const page of pages)
    for (const [asker, others] of [
      [buyer, [tokens[1]]],
      [owner, [tokens[0]]],
      [anonymous, tokens],
    ] as const)
      for (let round = 0; round < 2; round += 1) {
        const { body } = await asker!.get(page)
        for (const token of others) expect(body.includes(token!), page).toBe(false)
      }
})

test('public pages are stored and revalidated', async () => {
  const visit = () => createVisitor(proxy.origin).get('/collections/all')
  // A page is made again when the counts of its filters were counted again.
  await expect
    .poll(async () => {
      const before = proxy.counts.reused
      await visit()
      return proxy.counts.reused - before
    })
    .toBe(1)
})

test('a user who signs in on a stored page gets a page of their own', async () => {
  for (let times = 0; times < 4; times += 1) await createVisitor(proxy.origin).get('/')
  const { olga } = await createShop()
  const { cookies, csrf } = await signInVisitor(olga)
  const { body } = await createVisitor(proxy.origin, { cookies: Object.fromEntries(cookies) }).get('/')
  expect(body).toContain(csrf)
})
