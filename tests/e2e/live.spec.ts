import type { Page } from '@playwright/test'
import { desc, eq, sql } from 'drizzle-orm'
import { addToCart } from '#app/domain/cart/cart.server.ts'
import { fulfilOrder } from '#app/domain/orders/fulfil-order.server.ts'
import { markPaid } from '#app/domain/orders/mark-paid.server.ts'
import { db } from '#db/client.ts'
import { cartLines, carts, imports, orderLines, orders, sessions } from '#db/schema/index.ts'
import { adaOrders, aProduct, olgaOpensHerShop, priceBecomes, signIn, stockBecomes } from '../support/cast.ts'
import { hasOrdered, isSignedIn } from './support/customer.ts'
import { expectReceipt, fillInCheckout, placeButton, putIntoCart } from './support/shopping.ts'
import { expect, test } from './support/test.ts'

/** Goes to the page and waits until the browser's stream is open. */
async function listenAt(page: Page, address: string) {
  const opened = page.waitForResponse((response) => response.url().includes('/events?'))
  await page.goto(address)
  await opened
}

/** The machine may stall, an event may not: the quickest of the rounds arrives within a second. */
async function expectWithinASecond(rounds: (() => Promise<() => Promise<void>>)[]) {
  const took: number[] = []
  for (const act of rounds) {
    const arrives = await act()
    const at = performance.now()
    await arrives()
    took.push(performance.now() - at)
  }
  expect(Math.min(...took), `milliseconds: ${took.map(Math.round).join(', ')}`).toBeLessThan(1_000)
}

const cartLink = (page: Page, count: number) =>
  page.getByRole('link', { name: count === 1 ? 'Cart, 1 item' : `Cart, ${count} items`, exact: true })

/** Notes in the page itself whether these words, once gone, come back for however short a moment. */
async function watchReturn(page: Page, words: string) {
  return page.evaluateHandle((text) => {
    const seen = { wasGone: false, isBack: false }
    const look = () => {
      const isThere = document.querySelector('main')!.textContent.includes(text)
      seen.isBack ||= seen.wasGone && isThere
      seen.wasGone ||= !isThere
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    return seen
  }, words)
}

test.describe('a cart in two tabs', () => {
  test('the other tab sees the first thing go in, and each change after it', async ({ shopper }) => {
    const { handle } = await aProduct({ title: 'Clay pot', stock: 50 })
    const other = await shopper.context().newPage()
    await listenAt(other, '/')
    await putIntoCart(shopper, { handle })
    await expect(cartLink(other, 1)).toBeVisible()
    await shopper.goto('/cart')
    const quantity = shopper.getByRole('spinbutton', { name: 'Quantity of Clay pot' })
    await expectWithinASecond(
      [4, 5, 6].map((count) => async () => {
        await quantity.fill(String(count))
        await quantity.press('Enter')
        await expect(cartLink(shopper, count)).toBeVisible()
        return () => expect(cartLink(other, count)).toBeVisible()
      }),
    )
    await cartLink(other, 6).click()
    const drawer = other.getByRole('dialog', { name: 'Your cart' })
    await expect(drawer.getByRole('spinbutton')).toHaveValue('6')
    await shopper.getByRole('button', { name: 'Remove Clay pot' }).click()
    await expect(drawer.getByText('There is nothing in it yet.')).toBeVisible()
    await expect(cartLink(other, 0)).toBeAttached()
  })

  test('an answer that comes late does not bring a removed line back', async ({ shopper }) => {
    const [pot, jug] = [await aProduct({ title: 'Clay pot' }), await aProduct({ title: 'Tall jug' })]
    await putIntoCart(shopper, pot)
    await putIntoCart(shopper, jug)
    await listenAt(shopper, '/cart')
    // The page's answer to an event is held back until the line is gone.
    const held: (() => Promise<void>)[] = []
    let isHolding = true
    await shopper.route('**/cart.data?_routes=*', async (route) => {
      if (!isHolding) return route.continue()
      isHolding = false
      const response = await route.fetch()
      held.push(() => route.fulfill({ response }))
    })
    await db.execute(sql`update carts set version = version + 1 where id = (select max(id) from carts)`)
    await expect.poll(() => held.length).toBe(1)
    const returned = await watchReturn(shopper, 'Tall jug')
    await shopper.getByRole('button', { name: 'Remove Tall jug' }).click()
    await expect(shopper.getByRole('heading', { name: 'Tall jug' })).toBeHidden()
    await expect(cartLink(shopper, 1)).toBeVisible()
    await held[0]!()
    // The page asks again only when it has taken that answer in.
    await db.execute(sql`
      with changed as (update carts set version = version + 1 where id = (select max(id) from carts) returning id)
      update cart_lines set quantity = 5 where cart_id = (select id from changed)`)
    await expect(cartLink(shopper, 5)).toBeVisible()
    expect(await returned.jsonValue()).toEqual({ wasGone: true, isBack: false })
  })

  test('quick changes one upon the other end in both tabs as they ended in the shop', async ({ shopper }) => {
    const [pot, jug] = [
      await aProduct({ title: 'Clay pot', stock: 50 }),
      await aProduct({ title: 'Tall jug', stock: 50 }),
    ]
    await putIntoCart(shopper, pot)
    await putIntoCart(shopper, jug)
    const other = await shopper.context().newPage()
    await listenAt(other, '/cart')
    await shopper.goto('/cart')
    const returned = await watchReturn(other, 'Tall jug')
    const increase = shopper.getByRole('button', { name: 'Increase quantity of Clay pot' })
    await increase.click()
    await shopper.getByRole('button', { name: 'Remove Tall jug' }).click()
    await increase.click()
    await increase.click()
    for (const page of [shopper, other]) {
      await expect(page.getByRole('heading', { name: 'Tall jug' })).toBeHidden()
      await expect(page.getByRole('spinbutton', { name: 'Quantity of Clay pot' })).toHaveValue('4')
      await expect(cartLink(page, 4)).toBeVisible()
    }
    expect(await returned.jsonValue()).toEqual({ wasGone: true, isBack: false })
  })

  test('what changed while the browser was offline is there when it is back', async ({ shopper }) => {
    const { handle } = await aProduct({ title: 'Clay pot' })
    await putIntoCart(shopper, { handle })
    await listenAt(shopper, '/')
    await expect(cartLink(shopper, 1)).toBeVisible()
    await shopper.context().setOffline(true)
    await db.execute(sql`
      with changed as (update carts set version = version + 1 where id = (select max(id) from carts) returning id)
      update cart_lines set quantity = 5 where cart_id = (select id from changed)`)
    await shopper.context().setOffline(false)
    await expect(cartLink(shopper, 5)).toBeVisible()
  })
})

test('eight tabs have one stream between them, each still loads, and each hears', async ({ shopper }) => {
  const { handle } = await aProduct({ title: 'Clay pot' })
  const context = shopper.context()
  let streams = 0
  context.on('request', (request) => {
    if (request.url().includes('/events?')) streams += 1
  })
  context.on('requestfinished', (request) => {
    if (request.url().includes('/events?')) streams -= 1
  })
  context.on('requestfailed', (request) => {
    if (request.url().includes('/events?')) streams -= 1
  })
  await putIntoCart(shopper, { handle })
  const tabs = [shopper]
  for (let tab = 2; tab <= 8; tab += 1) {
    const page = await context.newPage()
    await page.goto('/')
    await expect(cartLink(page, 1)).toBeVisible()
    tabs.push(page)
  }
  await tabs
    .at(-1)!
    .waitForLoadState('networkidle')
    .catch(() => {})
  await expect.poll(() => streams).toBe(1)
  const [line] = await db
    .select({ variantId: cartLines.variantId, cartId: cartLines.cartId })
    .from(cartLines)
    .orderBy(desc(cartLines.id))
    .limit(1)
  await db.update(cartLines).set({ quantity: 4 }).where(eq(cartLines.cartId, line!.cartId))
  await db
    .update(carts)
    .set({ version: sql`version + 1` })
    .where(eq(carts.id, line!.cartId))
  for (const tab of tabs) {
    // A tab that nobody looks at asks when somebody does.
    await tab.bringToFront()
    await expect(cartLink(tab, 4)).toBeVisible()
  }
})

test.describe('price and stock', () => {
  test('change in place on the product’s page, without asking the server', async ({ shopper }) => {
    const { olga } = await olgaOpensHerShop()
    const { variantId, handle } = await aProduct({ title: 'Clay pot', price: 1000, stock: 40 })
    await listenAt(shopper, `/products/${handle}`)
    const asked: string[] = []
    shopper.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const label = shopper.locator('.buy .stock')
    await expectWithinASecond(
      [3, 2, 1].map((left) => async () => {
        await stockBecomes(variantId, left, olga)
        return () => expect(label).toHaveText(`Only ${left} left`)
      }),
    )
    await stockBecomes(variantId, 0, olga)
    await expect(label).toHaveText('Sold out')
    await expect(shopper.getByRole('button', { name: 'Sold out in this version' })).toBeDisabled()
    await stockBecomes(variantId, 7, olga)
    await expect(label).toHaveText('In stock')
    await expect(shopper.getByRole('button', { name: 'Add to cart' })).toBeEnabled()
    await priceBecomes(variantId, 1234)
    await expect(shopper.locator('.buy__price')).toHaveText('€12.34')
    expect(asked.filter((path) => path !== '/events')).toEqual([])
  })

  test('change in place in a list', async ({ shopper }) => {
    const { olga } = await olgaOpensHerShop()
    const { variantId } = await aProduct({ title: 'Listed pot', price: 1000, stock: 40 })
    await listenAt(shopper, '/collections/all')
    const card = shopper.getByRole('article').filter({ hasText: 'Listed pot' })
    await priceBecomes(variantId, 4321)
    await expect(card.getByText('€43.21')).toBeVisible()
    await stockBecomes(variantId, 0, olga)
    await expect(card.getByText('Sold out')).toBeVisible()
  })
})

test('the buyer sees payment and parcel as they happen', async ({ shopper }) => {
  const { olga } = await olgaOpensHerShop()
  const { handle } = await aProduct({ title: 'Clay pot' })
  await putIntoCart(shopper, { handle })
  await shopper.goto('/checkout')
  await fillInCheckout(shopper)
  await placeButton(shopper).click()
  await expectReceipt(shopper)
  await listenAt(shopper, shopper.url())
  const token = new URL(shopper.url()).pathname.split('/').pop()!
  const [order] = await db.select().from(orders).where(eq(orders.token, token))
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, order!.id))
  const steps = shopper.getByRole('region', { name: 'Status' })
  const paid = async () => {
    await markPaid(order!.id, { version: 1, reference: '' }, olga)
    return () => expect(steps.getByText('Paid: done')).toBeVisible()
  }
  const sent = async () => {
    const parcel = { version: 2, carrier: 'DHL', trackingNumber: '1', trackingUrl: '' }
    await fulfilOrder(order!.id, { ...parcel, lines: [{ orderLineId: line!.id, quantity: 1 }] }, olga)
    return () => expect(steps.getByText(/^Sent on .* with DHL/)).toBeVisible()
  }
  await expectWithinASecond([paid, sent])
})

test.describe('the admin', () => {
  test('counts new orders and leaves the rows where they are', async ({ owner }) => {
    const { variantId } = await aProduct({ title: 'Clay pot', stock: 50 })
    const first = await adaOrders({ variantId })
    await listenAt(owner, '/admin/orders')
    const rows = owner.getByRole('rowheader')
    const before = await rows.allTextContents()
    const top = await rows.first().boundingBox()
    const news = owner.getByRole('status').filter({ hasText: 'new order' })
    await expectWithinASecond(
      ['1 new order', '2 new orders', '3 new orders'].map((words) => async () => {
        await adaOrders({ variantId })
        return () => expect(news).toContainText(`${words} `)
      }),
    )
    expect(await rows.allTextContents()).toEqual(before)
    expect(await rows.first().boundingBox()).toEqual(top)
    // A change of a row that is shown is seen in its place.
    await markPaid(first.orderId, { version: 1, reference: '' }, first.olga)
    await expect(owner.getByRole('row').nth(1)).toContainText('Paid')
    expect(await rows.allTextContents()).toEqual(before)

    await news.getByRole('link', { name: 'Show' }).click()
    await expect(rows).toHaveCount(before.length + 3)
    await expect(news).toBeHidden()
  })

  test('sees the figures of the first page follow orders and payments', async ({ owner }) => {
    const { variantId } = await aProduct({ title: 'Clay pot', stock: 50 })
    const first = await adaOrders({ variantId })
    await listenAt(owner, '/admin')
    const toPay = owner.getByRole('link', { name: /order(s)? to be paid$/ })
    const count = async () => Number(/\d+/.exec(await toPay.innerText())![0])
    const before = await count()
    await expectWithinASecond([
      async () => {
        await adaOrders({ variantId })
        return () => expect.poll(count, { intervals: [20] }).toBe(before + 1)
      },
      async () => {
        await markPaid(first.orderId, { version: 1, reference: '' }, first.olga)
        return () => expect.poll(count, { intervals: [20] }).toBe(before)
      },
    ])
  })

  test('sees on an order what a colleague did to it', async ({ owner }) => {
    const { variantId } = await aProduct({ title: 'Clay pot' })
    const { orderId, olga } = await adaOrders({ variantId })
    await listenAt(owner, `/admin/orders/${orderId}`)
    await markPaid(orderId, { version: 1, reference: 'by hand' }, olga)
    await expect(owner.getByText('by hand').first()).toBeVisible()
  })

  test('sees who else looks at an order, until they leave it', async ({ owner, someone, shop }) => {
    const { orderId } = await adaOrders({ variantId: (await aProduct()).variantId })
    await listenAt(owner, `/admin/orders/${orderId}`)
    const nina = await someone({ baseURL: shop.origin })
    await isSignedIn(nina, shop.origin, { role: 'staff', areas: ['orders'], name: 'Nina Ross' })
    await nina.goto(`/admin/orders/${orderId}`)
    const hers = owner.getByRole('status').filter({ hasText: 'Nina Ross is looking at this order too.' })
    await expect(hers).toBeVisible()
    await expect(nina.getByText('Olga Hill is looking at this order too.')).toBeVisible()
    await nina.getByRole('link', { name: 'Orders', exact: true }).first().click()
    await expect(hers).toBeHidden()
    await nina.goto(`/admin/orders/${orderId}`)
    await expect(hers).toBeVisible()
    await nina.close()
    await expect(hers).toBeHidden()
  })

  test('sees how far an import is', async ({ owner }) => {
    const [made] = await db
      .insert(imports)
      .values({ filename: 'lamps.csv', byteSize: 1000, status: 'reading', rowsRead: 1 })
      .returning({ id: imports.id })
    await listenAt(owner, `/admin/imports/${made!.id}`)
    await expectWithinASecond(
      [1_111, 2_222, 3_333].map((rowsRead) => async () => {
        await db.update(imports).set({ rowsRead }).where(eq(imports.id, made!.id))
        return () => expect(owner.getByText(`${rowsRead.toLocaleString('en')} rows are read`)).toBeVisible()
      }),
    )
    await db.delete(imports).where(eq(imports.id, made!.id))
  })

  test('is left at once by a tab whose session ended elsewhere', async ({ owner }) => {
    await adaOrders({ variantId: (await aProduct()).variantId })
    await listenAt(owner, '/admin/orders')
    await db.delete(sessions).where(sql`id = (select max(id) from sessions where user_id is not null)`)
    await owner.waitForURL('**/login?**')
  })
})

test.describe('somebody with an account', () => {
  test('sees on the second device what goes into the cart on the first', async ({ someone, shop }) => {
    const { variantId } = await aProduct({ title: 'Clay pot', stock: 50 })
    const [phone, laptop] = [await someone({ baseURL: shop.origin }), await someone({ baseURL: shop.origin })]
    const { id, sessionId } = await isSignedIn(phone, shop.origin)
    await laptop
      .context()
      .addCookies([{ name: 'sid', value: await signIn(id), url: shop.origin, httpOnly: true }])
    const shopper = { sessionId, userId: id }
    await addToCart({ shopper, variantId, quantity: 1 })
    await listenAt(laptop, '/')
    await expectWithinASecond(
      [2, 3, 4].map((count) => async () => {
        await addToCart({ shopper, variantId, quantity: 1 })
        return () => expect(cartLink(laptop, count)).toBeVisible()
      }),
    )
  })

  test('hears the bell on every device, and reading on one quiets them all', async ({ someone, shop }) => {
    const { olga } = await olgaOpensHerShop()
    const [phone, laptop] = [await someone({ baseURL: shop.origin }), await someone({ baseURL: shop.origin })]
    const customer = await isSignedIn(phone, shop.origin)
    await laptop
      .context()
      .addCookies([{ name: 'sid', value: await signIn(customer.id), url: shop.origin, httpOnly: true }])
    const receipts = []
    for (const product of [await aProduct(), await aProduct(), await aProduct()])
      receipts.push(await hasOrdered(customer, product))
    const bell = (page: Page, count: number) =>
      page.getByRole('link', { name: `Notifications, ${count} not read`, exact: true })
    await listenAt(phone, '/account/notifications')
    await listenAt(laptop, '/')
    await expectWithinASecond(
      receipts.map((token, index) => async () => {
        const [order] = await db.select({ id: orders.id }).from(orders).where(eq(orders.token, token))
        await markPaid(order!.id, { version: 1, reference: '' }, olga)
        return async () => {
          await expect(bell(laptop, 4 + index)).toBeVisible()
          await expect(bell(phone, 4 + index)).toBeVisible()
        }
      }),
    )
    await expect(phone.getByText(/^Not read yet: Your payment for order/)).toHaveCount(3)
    await phone.getByRole('button', { name: 'Mark all as read' }).click()
    await expect(bell(laptop, 0)).toBeVisible()
    await expect(phone.getByText('Not read yet')).toHaveCount(0)
  })

  test('is out of the admin within a second of losing the role', async ({ someone, owner, shop }) => {
    const nina = await someone({ baseURL: shop.origin })
    await adaOrders({ variantId: (await aProduct()).variantId })
    const { id } = await isSignedIn(nina, shop.origin, {
      role: 'staff',
      areas: ['orders'],
      name: 'Nina Ross',
    })
    await listenAt(nina, '/admin/orders')
    await owner.goto(`/admin/staff/${id}`)
    await owner.getByRole('link', { name: 'Remove from the staff…' }).click()
    const left = nina.waitForURL('**/login?**').then(() => performance.now())
    await owner.getByRole('button', { name: 'Remove from the staff' }).click()
    const asked = performance.now()
    await expect(owner.getByText('They are not on the staff any more')).toBeVisible()
    // From the click: the form's own way to the database is in it.
    expect((await left) - asked).toBeLessThan(2_000)
  })
})
