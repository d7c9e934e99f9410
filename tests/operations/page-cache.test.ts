import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { endSession, findSession } from '#app/domain/accounts/sessions.server.ts'
import { db } from '#db/client.ts'
import { products, settings } from '#db/schema/index.ts'
import { aPerson, aProduct, priceBecomes, stockBecomes } from '#tests/support/cast.ts'
import { type FurnishedShop, furnishShop, isSettled } from '#tests/support/furnished-shop.ts'
import {
  aVisitor,
  openCheckout,
  someoneSignedIn,
  theOwner,
  useRunningShop,
} from '#tests/support/http-shop.ts'
import { createVisitor, type Visitor } from '#tests/support/visitor.ts'

useRunningShop()

let shop: FurnishedShop
let pages: string[]

beforeAll(async () => {
  shop = await furnishShop()
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
    '/products/none',
  ]
})

const dataOf = (page: string) => (page === '/' ? '/_root.data' : page.replace(/(?=\?|$)/, '.data'))

/** A cookie with a message, though a bad one: then Remix makes the page for this request alone. */
const whole = (asker: Visitor) =>
  createVisitor(asker.origin, { cookies: { ...Object.fromEntries(asker.cookies), toast: 'none' } })

/** What differs from answer to answer, and says nothing: nonces, request ids, and when a grant was signed. */
function settled(body: string): string {
  return body
    .replace(/nonce="[^"]*"/g, 'nonce=""')
    .replace(/\b[\da-f]{16}\b/g, 'request id')
    .replace(/\b\d{10}~[\da-f]+\.\d+~(\d*)~([\w:@,]*)~[\w-]{32}/g, 'grant~$1~$2')
}

describe('a page from the cache is the page that Remix makes for the same person', () => {
  const people: [string, () => Promise<Visitor>][] = [
    [
      'a shopper with a cart',
      async () => {
        const shopper = aVisitor()
        await openCheckout(shopper, { variantId: shop.pot.variantId, quantity: 2 })
        await openCheckout(shopper, { variantId: shop.stool.variantIds[0]! })
        return shopper
      },
    ],
    ['a customer without one', async () => someoneSignedIn((await aPerson({ name: `O'Hara & <b>` })).id)],
    [
      'an owner with a cart of many things, who likes it dark',
      async () => {
        const owner = await theOwner()
        await openCheckout(owner, { variantId: shop.pot.variantId, quantity: 60 })
        owner.cookies.set('theme', 'dark')
        owner.cookies.set('_ga', 'GA1.2')
        return owner
      },
    ],
  ]
  test.each(people)('%s', async (_, aPersonOfTheirs) => {
    const person = await aPersonOfTheirs()
    for (const page of pages) {
      const parts = ['root,routes/_shop', 'routes/_shop', 'root'].map(
        (routes) => `${dataOf(page)}${page.includes('?') ? '&' : '?'}_routes=${encodeURIComponent(routes)}`,
      )
      for (const address of [page, dataOf(page), ...parts]) {
        const expected = await whole(person).get(address)
        for (let times = 0; times < 2; times += 1) {
          const filled = await person.get(address)
          expect(filled.status, address).toBe(expected.status)
          expect(settled(filled.body), address).toBe(settled(expected.body))
          expect(filled.headers.get('content-type'), address).toBe(expected.headers.get('content-type'))
        }
      }
    }
  })
})

/** When the page was made: where the announcements stood, as its grant for the event stream says. */
async function madeAt(page: string): Promise<string> {
  const { body } = await aVisitor().get(page)
  const found = /\d{10}~([\da-f]+\.\d+)~~catalog/.exec(body)
  if (!found) throw new Error(`${page} has no grant`)
  return found[1]!
}

/** Which of these pages are made anew because of what `work` does, once the first of them shows it. */
async function madeAnew(addresses: string[], shows: () => Promise<boolean>, work: () => Promise<unknown>) {
  const before = await Promise.all(addresses.map(madeAt))
  await work()
  await expect.poll(shows, { interval: 10, timeout: 5_000 }).toBe(true)
  const after = await Promise.all(addresses.map(madeAt))
  return addresses.filter((_, index) => before[index] !== after[index])
}

describe('a change empties what shows it', () => {
  let pot: Awaited<ReturnType<typeof aProduct>>
  let lamp: Awaited<ReturnType<typeof aProduct>>
  const page = ({ handle }: { handle: string }) => `/products/${handle}`

  beforeAll(async () => {
    pot = await aProduct({ title: 'Blue pot', stock: 50 })
    lamp = await aProduct({ title: 'Tall lamp', stock: 50 })
    await db
      .update(products)
      .set({ type: 'Lamp', tags: ['night'] })
      .where(eq(products.id, lamp.productId))
  })

  const says = (address: string, text: string) => async () =>
    (await aVisitor().get(address)).body.includes(text)

  test('a price: the product and the lists that show it, and no other product', async () => {
    const addresses = [page(pot), page(lamp), '/collections/garden', '/collections/all']
    expect(
      await madeAnew(addresses, says(page(pot), '77.77'), () => priceBecomes(pot.variantId, 7777)),
    ).toEqual([page(pot), '/collections/all'])
  })

  test('a sale: only when another label is read, and then only that product', async () => {
    const addresses = [page(pot), page(lamp), '/collections/garden']
    await stockBecomes(pot.variantId, 20, shop.olga)
    expect(
      await madeAnew(addresses, says(page(pot), 'Only 2 left'), () =>
        stockBecomes(pot.variantId, 2, shop.olga),
      ),
    ).toEqual([page(pot)])
  })

  test('a new product of a type: lists of all, and products that may go with it', async () => {
    const addresses = [page(lamp), page(pot), '/collections/garden', '/collections/all', '/']
    const made = await madeAnew(addresses, says('/collections/all', 'Second lamp'), async () => {
      const { productId } = await aProduct({ title: 'Second lamp' })
      await db
        .update(products)
        .set({ type: 'LAMP', tags: ['Night'] })
        .where(eq(products.id, productId))
    })
    expect(made).toEqual([page(lamp), '/collections/all', '/'])
  })

  test('the shop’s settings: everything', async () => {
    const addresses = [page(lamp), page(pot), '/collections/garden', '/']
    await Promise.all(addresses.map(madeAt))
    await db.update(settings).set({ tagline: 'Made by hand today' })
    for (const address of addresses) await expect.poll(says(address, 'Made by hand today')).toBe(true)
  })
})

describe('what is one person’s own is never older than the last commit', () => {
  const shownTo = async (person: Visitor) => {
    const { body } = await person.get('/collections/all')
    return { cart: /aria-label="Cart, (\d+) items?"/.exec(body)![1], isSignedIn: body.includes('>Account<') }
  }

  test('a cart that begins, and each change of it', async () => {
    const person = await someoneSignedIn((await aPerson()).id)
    expect(await shownTo(person)).toEqual({ cart: '0', isSignedIn: true })
    for (const count of [1, 2, 3]) {
      const line = { csrf: person.csrf, variantId: String(shop.pot.variantId), quantity: '1' }
      await createVisitor(person.origin, { cookies: Object.fromEntries(person.cookies) }).post(
        '/cart/lines',
        line,
      )
      await expect.poll(() => shownTo(person)).toEqual({ cart: String(count), isSignedIn: true })
    }
  })

  test('a session that is ended shows nothing of its owner', async () => {
    const person = await someoneSignedIn((await aPerson()).id)
    for (let times = 0; times < 3; times += 1)
      expect(await shownTo(person)).toMatchObject({ isSignedIn: true })
    const session = await findSession(person.cookies.get('sid')!)
    await endSession(session!.id)
    await expect.poll(() => shownTo(person)).toEqual({ cart: '0', isSignedIn: false })
    expect((await person.get('/collections/all')).body).not.toContain(person.csrf)
  })
})
