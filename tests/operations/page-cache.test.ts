import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { endSession, findSession } from '#app/domain/accounts/sessions.server.ts'
import { db } from '#db/client.ts'
import { products, settings } from '#db/schema/index.ts'
import { createUser, createProduct, changePrice, setStock } from '#tests/support/cast.ts'
import { type SeededShop, seedShop, isSettled } from '#tests/support/seeded-shop.ts'
import {
  newVisitor,
  openCheckout,
  signInVisitor,
  signedInOwner,
  useRunningShop,
} from '#tests/support/http-shop.ts'
import { createVisitor, type Visitor } from '#tests/support/visitor.ts'

useRunningShop()

let shop: SeededShop
let pages: string[]

beforeAll(async () => {
  shop = await seedShop()
  await vi.waitUntil(isSettled, { timeout: 20_000, interval: 100 })
  const { handle, variantIds } = shop.stool
  pages = [
    '/',
    '/collections',
    '/collections/all',
    '/collections/all?sort_by=price-descending&filter.v.availability=1',
    '/collections/garden',
    `/products/${shop.pot.handle}`,
    `/products/${handle}?variant=${variantIds[1]}`,
    `/products/${handle}?option1=Ash&option2=High`,
    '/pages/about-us',
    '/policies/terms-of-service',
    '/policies/privacy-policy',
    '/products/none',
  ]
})

const dataOf = (page: string) => (page === '/' ? '/_root.data' : page.replace(/(?=\?|$)/, '.data'))

/** A cookie with an (invalid) message: then Remix renders the page for this request alone. */
const whole = (asker: Visitor) =>
  createVisitor(asker.origin, { cookies: { ...Object.fromEntries(asker.cookies), toast: 'none' } })

/** Removes what differs between responses and does not matter: nonces, request ids, and the time of a grant. */
function normalizePage(body: string): string {
  return body
    .replace(/nonce="[^"]*"/g, 'nonce=""')
    .replace(/\b[\da-f]{16}\b/g, 'request id')
    .replace(/\b\d{10}~[\da-f]+\.\d+~(\d*)~([\w:@,]*)~[\w-]{32}/g, 'grant~$1~$2')
}

describe('a cached page equals the page that Remix renders for the same visitor', () => {
  const users: [string, () => Promise<Visitor>][] = [
    [
      'a shopper with a cart',
      async () => {
        const shopper = newVisitor()
        await openCheckout(shopper, { variantId: shop.pot.variantId, quantity: 2 })
        await openCheckout(shopper, { variantId: shop.stool.variantIds[0]! })
        return shopper
      },
    ],
    ['a customer without one', async () => signInVisitor((await createUser({ name: `O'Hara & <b>` })).id)],
    [
      'an owner with a cart of many things, who likes it dark',
      async () => {
        const owner = await signedInOwner()
        await openCheckout(owner, { variantId: shop.pot.variantId, quantity: 60 })
        owner.cookies.set('theme', 'dark')
        owner.cookies.set('_ga', 'GA1.2')
        return owner
      },
    ],
  ]
  test.each(users)('%s', async (_, createPersona) => {
    const visitor = await createPersona()
    for (const page of pages) {
      const parts = ['root,routes/_shop', 'routes/_shop', 'root'].map(
        (routes) => `${dataOf(page)}${page.includes('?') ? '&' : '?'}_routes=${encodeURIComponent(routes)}`,
      )
      for (const address of [page, dataOf(page), ...parts]) {
        const expected = await whole(visitor).get(address)
        for (let times = 0; times < 2; times += 1) {
          const filled = await visitor.get(address)
          expect(filled.status, address).toBe(expected.status)
          expect(normalizePage(filled.body), address).toBe(normalizePage(expected.body))
          expect(filled.headers.get('content-type'), address).toBe(expected.headers.get('content-type'))
        }
      }
    }
  })
})

/** When the page was rendered: the position in its event stream grant. */
async function renderedAt(page: string): Promise<string> {
  const { body } = await newVisitor().get(page)
  const found = /\d{10}~([\da-f]+\.\d+)~~catalog/.exec(body)
  if (!found) throw new Error(`${page} has no grant`)
  return found[1]!
}

/** Which of these pages are rendered again because of `work`, once the first of them shows it. */
async function listRerendered(
  addresses: string[],
  shows: () => Promise<boolean>,
  work: () => Promise<unknown>,
) {
  const before = await Promise.all(addresses.map(renderedAt))
  await work()
  await expect.poll(shows, { interval: 10, timeout: 5_000 }).toBe(true)
  const after = await Promise.all(addresses.map(renderedAt))
  return addresses.filter((_, index) => before[index] !== after[index])
}

describe('a change invalidates the pages that show it', () => {
  let pot: Awaited<ReturnType<typeof createProduct>>
  let lamp: Awaited<ReturnType<typeof createProduct>>
  const page = ({ handle }: { handle: string }) => `/products/${handle}`

  beforeAll(async () => {
    pot = await createProduct({ title: 'Blue pot', stock: 50 })
    lamp = await createProduct({ title: 'Tall lamp', stock: 50 })
    await db
      .update(products)
      .set({ type: 'Lamp', tags: ['night'] })
      .where(eq(products.id, lamp.productId))
  })

  const says = (address: string, text: string) => async () =>
    (await newVisitor().get(address)).body.includes(text)

  test('a price: the product and the lists that show it, and no other product', async () => {
    const addresses = [page(pot), page(lamp), '/collections/garden', '/collections/all']
    expect(
      await listRerendered(addresses, says(page(pot), '77.77'), () => changePrice(pot.variantId, 7777)),
    ).toEqual([page(pot), '/collections/all'])
  })

  test('a sale: only when its label changes, and then only that product', async () => {
    const addresses = [page(pot), page(lamp), '/collections/garden']
    await setStock(pot.variantId, 20, shop.olga)
    expect(
      await listRerendered(addresses, says(page(pot), 'Only 2 left'), () =>
        setStock(pot.variantId, 2, shop.olga),
      ),
    ).toEqual([page(pot)])
  })

  test('a new product of a type: lists of all, and pages with related products', async () => {
    const addresses = [page(lamp), page(pot), '/collections/garden', '/collections/all', '/']
    const made = await listRerendered(addresses, says('/collections/all', 'Second lamp'), async () => {
      const { productId } = await createProduct({ title: 'Second lamp' })
      await db
        .update(products)
        .set({ type: 'LAMP', tags: ['Night'] })
        .where(eq(products.id, productId))
    })
    expect(made).toEqual([page(lamp), '/collections/all', '/'])
  })

  test('the shop’s settings: every page', async () => {
    const addresses = [page(lamp), page(pot), '/collections/garden', '/']
    await Promise.all(addresses.map(renderedAt))
    await db.update(settings).set({ tagline: 'Made by hand today' })
    for (const address of addresses) await expect.poll(says(address, 'Made by hand today')).toBe(true)
  })
})

describe('personal parts are never older than the last commit', () => {
  const readPersonalParts = async (visitor: Visitor) => {
    const { body } = await visitor.get('/collections/all')
    return { cart: /aria-label="Cart, (\d+) items?"/.exec(body)![1], isSignedIn: body.includes('>Account<') }
  }

  test('a new cart, and each change of it', async () => {
    const visitor = await signInVisitor((await createUser()).id)
    expect(await readPersonalParts(visitor)).toEqual({ cart: '0', isSignedIn: true })
    for (const count of [1, 2, 3]) {
      const line = { csrf: visitor.csrf, variantId: String(shop.pot.variantId), quantity: '1' }
      await createVisitor(visitor.origin, { cookies: Object.fromEntries(visitor.cookies) }).post(
        '/cart/lines',
        line,
      )
      await expect.poll(() => readPersonalParts(visitor)).toEqual({ cart: String(count), isSignedIn: true })
    }
  })

  test('an ended session shows nothing of its user', async () => {
    const visitor = await signInVisitor((await createUser()).id)
    for (let times = 0; times < 3; times += 1)
      expect(await readPersonalParts(visitor)).toMatchObject({ isSignedIn: true })
    const session = await findSession(visitor.cookies.get('sid')!)
    await endSession(session!.id)
    await expect.poll(() => readPersonalParts(visitor)).toEqual({ cart: '0', isSignedIn: false })
    expect((await visitor.get('/collections/all')).body).not.toContain(visitor.csrf)
  })
})
